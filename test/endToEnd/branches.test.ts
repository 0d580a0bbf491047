import { describe, expect, test } from 'vitest';
import { asked, inTavern } from '../support/tavern.ts';

describe('/branch', () => {
  test('opens a thread that shares everything up to there and nothing after', async () => {
    const { ann, tavern, begin, models, house, sandbox, store, settled } = await inTavern();
    await begin();
    models.script('The first answer.', 'The second answer.', 'Elsewhere.');
    await ann.say(tavern, 'The first question.');
    const first = await settled('The first answer.');
    await ann.say(tavern, 'CANARY question.');
    await settled('The second answer.');

    await ann.menu(tavern, 'Branch from here', first.id);
    const answer = await ann.waitFor(tavern, ({ content }) => content.includes('begins in <#'));
    const thread = /<#(\d+)>/.exec(answer.content)?.[1] ?? '';
    const card = await ann.waitFor(thread, ({ embeds }) => embeds.length > 0);
    expect(card.embeds[0]?.description).toContain(`/${tavern}/${first.id})`);
    expect(card.embeds[0]?.description).toContain('The first answer.');
    expect(card.embeds[0]?.description).not.toContain('second');
    expect(store.chatIn(thread)).not.toBeNull();

    await ann.say(thread, 'And now?');
    const reply = await settled('Elsewhere.', thread);
    expect(reply.author.username).toBe('Wenna Tarrant');
    expect(asked(house, 2)).toContain('The first question.');
    expect(asked(house, 2)).not.toContain('CANARY');
    expect(sandbox.allMessages(tavern).some(({ content }) => content === 'Elsewhere.')).toBe(false);
  });
});
