import { MessageFlags } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { stepped } from '../support/modelServer.ts';
import { asked, inTavern } from '../support/tavern.ts';

const WENNA = 'character:wenna-tarrant';

describe('/whisper', () => {
  test('is answered to nobody but whoever whispered, and nothing of it is in the channel', async () => {
    const { ann, bob, tavern, begin, models, house, sandbox, store, settled } = await inTavern();
    await begin();
    models.script('*leans closer* The CANARY key is under the mat.', 'Good evening, all.');
    await ann.command(tavern, 'whisper', { to: WENNA, text: 'Where is the CANARY key?' });
    const answer = await ann.waitFor(tavern, ({ content }) => content.includes('under the mat'));
    expect(answer.flags).toBe(MessageFlags.Ephemeral);
    expect(answer.content).toContain('**Wenna Tarrant** whispers');
    expect(bob.messages(tavern).some(({ content }) => content.includes('CANARY'))).toBe(false);
    const shown = sandbox.allMessages(tavern).filter(({ flags = 0 }) => (flags & 64) === 0);
    expect(JSON.stringify(shown)).not.toContain('CANARY');
    expect(asked(house, 0)).toContain('Where is the CANARY key?');

    // It is no part of what others are answered with, or of what they may export.
    await bob.say(tavern, 'Good evening.');
    await settled('Good evening, all.');
    await bob.command(tavern, 'chat export');
    const file = await bob.waitFor(tavern, ({ attachments }) => attachments.length > 0);
    const text = await (await fetch(file.attachments[0]?.url ?? '')).text();
    expect(text).toContain('Good evening, all.');
    expect(text).not.toContain('CANARY');
    await ann.command(tavern, 'chat export', { form: 'json' });
    const whole = await ann.waitFor(tavern, ({ attachments }) => attachments.length > 0);
    const json = (await (await fetch(whole.attachments[0]?.url ?? '')).json()) as {
      turns: { to: string | null; name: string }[];
    };
    expect(json.turns.filter(({ to }) => to !== null)).toHaveLength(2);
    expect(store.jobs().filter(({ kind }) => kind === 'whisper')).toEqual([]);
  });

  test('that a restart cut off is answered all the same, and told at the next whisper', async () => {
    const { ann, tavern, begin, models, house, store } = await inTavern();
    await begin();
    const steps = stepped();
    models.script({ text: 'Never heard.', steps }, 'The first answer.', 'The second answer.');
    await ann.command(tavern, 'whisper', { to: WENNA, text: 'The first question.' });
    await models.request(0);
    await house.restart();
    const chat = store.chatIn(tavern);
    await expect
      .poll(() => JSON.stringify(store.load(`chat:${chat}`)))
      .toContain('The first answer.');
    await ann.command(tavern, 'whisper', { to: WENNA, text: 'The second question.' });
    await ann.waitFor(tavern, ({ content }) => content.includes('The second answer.'));
    const told = ann
      .messages(tavern)
      .filter(({ content }) => content.includes('answer.'))
      .map(({ content }) => content.split('\n')[0]);
    expect(told).toEqual([
      '**Wenna Tarrant** whispered to you before',
      '**Wenna Tarrant** whispers',
    ]);
  });

  test('is neither gone on with nor told anew for everyone to read', async () => {
    const { ann, tavern, begin, models, sandbox } = await inTavern();
    await begin();
    models.script('The CANARY key is under the mat.', 'And CANARY again.', 'And CANARY again.');
    await ann.command(tavern, 'whisper', { to: WENNA, text: 'Where is it?' });
    await ann.waitFor(tavern, ({ content }) => content.includes('under the mat'));
    await ann.command(tavern, 'continue');
    await ann.waitFor(tavern, ({ content }) => content.startsWith('There are no words'));
    await ann.command(tavern, 'regenerate');
    await ann.waitFor(tavern, ({ content }) => content.startsWith('Only what a character said'));
    expect(models.requests).toHaveLength(1);
    expect(JSON.stringify(sandbox.allMessages(tavern))).not.toContain('CANARY');
  });

  test('to someone who is asleep, or is no character, reaches nobody', async () => {
    const { ann, tavern, begin, store } = await inTavern();
    await begin();
    await ann.command(tavern, 'scene presence', { who: 'Wenna Tarrant', how: 'sleeps' });
    await ann.waitFor(tavern, ({ content }) => content.includes('fall asleep'));
    const before = store.load(`chat:${store.chatIn(tavern)}`).length;
    await ann.command(tavern, 'whisper', { to: WENNA, text: 'Are you awake?' });
    await ann.waitFor(tavern, ({ content }) => content.includes('Only a character'));
    expect(store.load(`chat:${store.chatIn(tavern)}`)).toHaveLength(before);
  });

  test('is unknown to another character who is right there', async () => {
    const { ann, tavern, begin, models, house, settled } = await inTavern();
    await begin();
    await ann.command(tavern, 'scene presence', { who: 'Desmond Achterberg', how: 'comes' });
    await ann.waitFor(tavern, ({ content }) => content.includes('come in'));
    models.script('The CANARY is under the mat.', 'I heard nothing.');
    await ann.command(tavern, 'whisper', { to: WENNA, text: 'Where is the CANARY?' });
    await ann.waitFor(tavern, ({ content }) => content.includes('under the mat'));
    await ann.say(tavern, 'Desmond, did you hear that?');
    const reply = await settled('I heard nothing.');
    expect(reply.author.username).toBe('Desmond Achterberg');
    expect(asked(house, 1)).toContain('did you hear that');
    expect(asked(house, 1)).not.toContain('CANARY');
  });
});
