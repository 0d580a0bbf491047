import { type APIMessage, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { markOf } from '../../src/engine/drawer/mark.ts';
import { openDrawer, optionsOf, saidBy } from '../support/drawerHand.ts';
import { WENNA } from '../support/playhouse.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const REFUSED = 'change what this story holds';

async function playing() {
  const tavern = await inTavern();
  await tavern.begin();
  tavern.models.script('Aye.');
  await tavern.ann.say(tavern.tavern, 'Two for the ferry.');
  await tavern.settled('Aye.');
  const chat = tavern.store.chatIn(tavern.tavern) ?? '';
  const { drawerEdits } = tavern.bot.troupe;
  const to = `user:${tavern.ann.id}`;
  const target = { kind: 'score', score: 'affinity', from: WENNA.character, to } as const;
  const by = { person: to, managesChannels: true, managesServer: true, roles: [] };
  const drawn = markOf(drawerEdits.value(chat, target, { by }));
  await drawerEdits.change(chat, { ...target, change: { by: 1 } }, drawn, { command: 'seed', by });
  return { ...tavern, chat, story: () => tavern.bot.troupe.world.storyOf(chat) };
}

test('everything that the drawer shows can be changed in it, by whom it was, and taken back', async () => {
  const { ann, tavern, story, store, chat, models } = await playing();
  const drawer = await openDrawer(ann, tavern);
  expect(drawer.now.flags).toBe(MessageFlags.Ephemeral);
  // The scene.
  await drawer.fill('Weather', { weather: 'Sleet' }, 'Sleet');
  await drawer.fill(
    'Time',
    { days: '2', hours: '3', minutes: '', anchor: 'Day 1 = the frost' },
    'the frost',
  );
  expect(story().clock).toMatchObject({ minutes: 2 * 1_440 + 180, anchor: 'Day 1 = the frost' });
  const summary = { summary: 'He paid the toll twice.', significance: 2, relationships: [] };
  models.scriptClassifier(JSON.stringify(summary));
  await drawer.fill('Close the scene', { significance: '2' }, 'No scene is open');
  const summaries = () => story().summaries[WENNA.character]?.map(({ text }) => text);
  await expect.poll(summaries).toEqual(['He paid the toll twice.']);
  const opened = { place: 'The loft', time: 'Night', opening: 'A lamp is lit.' };
  await drawer.fill('Open a scene', opened, 'A lamp is lit.');
  // Someone in it.
  await drawer.pick('Wenna Tarrant', 'Wenna Tarrant');
  const does = {
    posture: 'standing',
    action: 'coiling a rope',
    attention: '',
    holding: 'a rope, a knife',
    slot: '',
  };
  await drawer.fill('What they do', does, /standing, coiling a rope, holding a rope, a knife/);
  await drawer.fill('Where they are', { place: 'The yard' }, /does|Wenna/);
  await drawer.press('Falls asleep', /asleep|Wenna/);
  await drawer.fits((message) => 'Wakes' in buttonsOf(message));
  await drawer.press('Leaves', 'not here');
  await drawer.fits((message) => 'Comes in' in buttonsOf(message));
  await drawer.press('Comes in', /^(?!.*not here)/s);
  expect(story().cast[WENNA.character]?.present).toBe(true);
  // How she stands to Ann.
  await drawer.pick('Relationships', 'Relationships');
  await drawer.pick('Wenna Tarrant to ', 'What made it so');
  const base = { affinity: 0, trust: 0, ...relation(story()) };
  await drawer.press('Warmth +5', `▱ ${base.affinity + 5}`);
  await drawer.press('Trust −5', `▱ ${base.trust - 5}`);
  await drawer.fill('Set warmth', { score: '81' }, '▱ 81');
  await drawer.fill('Set trust', { score: '12' }, '▱ 12');
  await drawer.fill('Sum it up', { text: 'Would ferry him for nothing.' }, 'ferry him for nothing');
  await drawer.fill('Add something known', { text: 'Fears dogs' }, '- Fears dogs');
  await drawer.pick('Fears dogs', 'Fears dogs');
  await drawer.fits((message) => 'Take it away' in buttonsOf(message));
  await drawer.fill('Change it', { text: 'Fears geese' }, '- Fears geese');
  await drawer.pick('Fears geese', 'Fears geese');
  await drawer.fits((message) => 'Take it away' in buttonsOf(message));
  await drawer.press('Take it away', /^(?!.*- Fears geese)/s);
  expect(relation(story())).toMatchObject({ affinity: 81, trust: 12, facts: [] });
  // The picture comes once the rest is shown, with words for who cannot see it.
  const pictured = await drawer.fits(({ embeds }) => embeds[0]?.image !== undefined);
  expect(pictured.attachments[0]?.description).toContain('to 81');
  expect(pictured.embeds[0]?.image?.url).toBe(pictured.attachments[0]?.url);
  // The same choice made later, at the same value, is another one.
  for (const score of [86, 81, 86]) {
    await drawer.press(score === 86 ? 'Warmth +5' : 'Warmth −5', `▱ ${score}`);
  }
  expect(relation(story())?.affinity).toBe(86);
  // Between any two, whether anything has passed between them or not.
  await drawer.press('Back', '\nRelationships\n');
  await drawer.press('Pick any two', 'whose feelings');
  await drawer.pick('Ada', 'the other one');
  await drawer.pick('Wenna', 'Nothing has passed between them yet');
  await drawer.press('Trust +5', '▱ 55');
  expect(story().relationships[`user:${ann.id}>${WENNA.character}`]?.trust).toBe(55);
  // What she remembers.
  await ann.command(tavern, 'memory add', { text: 'The toll was paid in salt.' });
  await drawer.pick('Memories', 'The toll was paid in salt.');
  await drawer.fill('Search', { words: 'nothing: such' }, 'Nothing that fits');
  await drawer.press('All memories', 'salt');
  await drawer.fill('Search', { words: 'toll' }, 'salt');
  await drawer.pick('The toll was paid', 'salt');
  await drawer.fits((message) => 'Forget' in buttonsOf(message));
  await drawer.press('Keep in mind', 'pinned by hand');
  await drawer.fill('How much it matters', { significance: '3' }, 'decisive');
  await drawer.press('Do not keep in mind', /^(?!.*pinned by hand)/s);
  await drawer.fill('Text', { text: 'The toll was paid in buttons.' }, 'in buttons');
  await drawer.press('Forget', /^(?!.*in buttons)/s);
  // How it is played.
  await drawer.pick('Settings', 'Author');
  await drawer.press('Show everything', 'Full view');
  await drawer.fill('Author’s note', { text: 'Keep it dry.', depth: '2' }, 'Keep it dry.');
  await drawer.fill('Instructions', { text: 'Short.' }, 'Short.');
  await drawer.fill('Sampling', { temperature: '0,7', topP: '', maxTokens: '' }, 'temperature 0.7');
  await drawer.fill('Who answers', { answers: 'round' }, 'In turns');
  await drawer.pick('Lore', 'Lore');
  await drawer.pick('Story so far', 'paid the toll twice');
  await drawer.pick('Wenna Tarrant: He paid', 'paid the toll twice');
  await drawer.fill('Text', { text: 'He paid it once.' }, 'paid it once');
  expect(summaries()).toEqual(['He paid it once.']);
  // All of that by hand, and what is taken back is as it was.
  const history = await drawer.pick('Changes by hand', 'What was changed by hand');
  const [newest = ''] = Object.keys(optionsOf(history)).slice(9);
  await drawer.pick(newest, /page/);
  await expect
    .poll(() => store.frameEvents(chat, 0).filter(({ type }) => type === 'ChatConfigured').length)
    .toBe(5);
  await drawer.press('▶', 'page 2');
  // A step of the story is taken back, too, and everyone is told.
  await drawer.pick('Scene', 'Sleet');
  await drawer.fill('Weather', { weather: 'Hail' }, 'Hail');
  await drawer.pick('Changes by hand', 'What was changed by hand');
  await drawer.pick('1. ', 'What was changed by hand');
  await expect.poll(() => story().weather).toBe('Sleet');
  await ann.waitFor(tavern, ({ content }) => content.includes('takes a change back'));
  const told = ann
    .messages(tavern, { limit: 100 })
    .filter(({ content }) => content.startsWith('-# <@'));
  expect(told.length).toBeGreaterThan(15);
  expect(told.every((line) => (line.flags ?? 0) === 0)).toBe(true);
  expect(told.filter((line) => 'Undo' in buttonsOf(line)).length).toBeGreaterThan(15);
});

const relation = ({
  relationships,
}: {
  relationships: Readonly<
    Record<string, { affinity: number; trust: number; facts: readonly unknown[] }>
  >;
}) => Object.entries(relationships).find(([key]) => key.startsWith(WENNA.character))?.[1];

test('who may not change anything reads what they witnessed, and a state that changed meanwhile stays', async () => {
  const { ann, bob, tavern, story, house } = await playing();
  // Bob was not there: he finds nothing, and no way to change it.
  const his = await openDrawer(bob, tavern, 'relationships');
  expect(saidBy(his.now)).toContain('You have not met');
  await his.pick('Scene', 'you are not in the story now');
  expect(Object.keys(buttonsOf(his.now))).toEqual([]);
  // What was made for Ann refuses him, and does nothing.
  const first = await openDrawer(ann, tavern, 'relationships');
  const second = await openDrawer(ann, tavern, 'relationships');
  await first.pick('Wenna Tarrant to ', 'What made it so');
  await second.pick('Wenna Tarrant to ', 'What made it so');
  const before = relation(story());
  // A double click is one change.
  await Promise.all([first.click('Warmth +5'), first.click('Warmth +5')]);
  await first.see(`▱ ${(before?.affinity ?? 0) + 5}`);
  expect(relation(story())?.affinity).toBe((before?.affinity ?? 0) + 5);
  const told = ({ content }: APIMessage) => content.includes('changes how');
  await ann.waitFor(tavern, told);
  expect(ann.messages(tavern, { limit: 100 }).filter(told)).toHaveLength(1);
  // The other drawer shows an older state: nothing is overwritten, and it shows the newer one.
  const late = await second.fits((message) => 'Warmth +5' in buttonsOf(message));
  await house.restart();
  await ann.click(late, buttonsOf(late)['Warmth −5'] ?? '');
  await second.see(`▱ ${(before?.affinity ?? 0) + 5}`);
  await ann.waitFor(tavern, ({ content }) => content.includes('changed meanwhile'));
  expect(relation(story())?.affinity).toBe((before?.affinity ?? 0) + 5);
  // What stands in the channel is for everyone to press: who may not change it is refused.
  const panel = await pinned(ann, tavern);
  await bob.click(panel, buttonsOf(panel).Unpin ?? '');
  await bob.waitFor(tavern, ({ content }) => content.includes(REFUSED));
  await bob.click(panel, buttonsOf(panel)['Open the drawer'] ?? '');
  await bob.waitFor(
    tavern,
    ({ embeds }) => embeds[0]?.footer?.text === 'The story as you witnessed it',
  );
});

async function pinned(who: Parameters<typeof openDrawer>[0], channel: string) {
  const drawer = await openDrawer(who, channel);
  await who.click(drawer.now, buttonsOf(drawer.now)['Pin here'] ?? '');
  return who.waitFor(channel, ({ content }) => content.startsWith('-# Shown here by'));
}
