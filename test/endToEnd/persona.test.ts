import { type APIMessage, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { everyWay, type Scene } from '../support/everyWay.ts';
import { formAfter, press } from '../support/forms.ts';
import { asked, buttonsOf, inTavern } from '../support/tavern.ts';

const isEphemeral = ({ flags }: APIMessage) => flags === MessageFlags.Ephemeral;
const setting = {
  name: 'Captain Ash',
  pronouns: 'they/them',
  description: 'One glove.\nTwo debts.',
};

test('a persona is offered once, counts from the next message on, here or everywhere, and is taken back', async () => {
  const { house, ann, tavern, begin, models, settled, sandbox } = await inTavern();
  await begin();
  models.script('First.', 'Second.', 'Third.', 'Fourth.');
  const offer = await ann.waitFor(tavern, (each) => 'Set' in buttonsOf(each));
  expect(offer.content).toContain('You appear as **Ada**');
  await ann.say(tavern, 'Good evening.');
  await settled('First.');

  const form = await formAfter(press(ann, offer, 'Set'));
  expect(form.values).toEqual({ name: 'Ada', pronouns: '', description: '' });
  await house.restart();
  await Promise.all([ann.submit(form.id, setting), ann.submit(form.id, setting).catch(() => {})]);
  await ann.waitFor(tavern, ({ content }) => content.includes('**Captain Ash** from your next'));
  await ann.say(tavern, 'Look again.');
  await settled('Second.');
  const prompt = asked(house, 1);
  expect(prompt).toContain('Captain Ash (they/them)');
  expect(prompt).toContain('About Captain Ash: One glove. Two debts.');
  expect(prompt).toContain('Captain Ash: Look again.');

  const here = await formAfter(ann.command(tavern, 'persona set', { here: true }));
  await ann.submit(here.id, { ...setting, name: 'Nobody', description: '' });
  await ann.waitFor(tavern, ({ content }) => content.includes('**Nobody** from your next'));
  await ann.say(tavern, 'And now?');
  await settled('Third.');
  expect(asked(house, 2)).toContain('Nobody: And now?');
  expect(asked(house, 2)).not.toContain('One glove');
  await ann.command(tavern, 'persona show');
  const shown = await ann.waitFor(
    tavern,
    ({ embeds }) => embeds[0]?.author?.name === 'Captain Ash',
  );
  expect(shown.embeds[0]?.description).toBe(setting.description);

  await ann.command(tavern, 'persona clear', { here: true });
  await ann.waitFor(tavern, ({ content }) => content.includes('**Captain Ash** again'));
  await ann.command(tavern, 'persona clear');
  await ann.waitFor(tavern, ({ content }) => content.includes('**Ada** again'));
  await ann.say(tavern, 'Only me.');
  await settled('Fourth.');
  expect(asked(house, 3)).toContain('Ada: Only me.');
  // Nobody is offered it twice, here or in another channel.
  const cellar = await ann.createChannel(sandbox.guild, 'cellar');
  await begin(cellar.id);
  expect(ann.messages(cellar.id).filter((each) => 'Set' in buttonsOf(each))).toEqual([]);
  const stories = ann.messages(tavern).filter((each) => !isEphemeral(each));
  expect(JSON.stringify(stories.map(({ content }) => content))).not.toContain('One glove');
});

test('one’s own persona is answered wherever it is asked for', () =>
  everyWay([
    ...['set', 'show', 'clear'].map((part) => ({
      name: `/persona ${part}`,
      ready:
        async ({ channel }: Scene) =>
        (who: Scene['ann']) =>
          who.command(channel, `persona ${part}`, part === 'set' ? {} : { here: true }),
    })),
    {
      name: 'the form of a persona',
      ready: async ({ ann, channel }) => {
        const { id } = await formAfter(ann.command(channel, 'persona set', { here: true }));
        return (who) => who.submit(id, setting);
      },
    },
  ]));
