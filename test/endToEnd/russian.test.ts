import { type APIMessage, ComponentType, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import type { Actor } from '../../src/sandbox/people/actor.ts';
import { stepped } from '../support/modelServer.ts';
import { WENNA } from '../support/playhouse.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const RUSSIAN = /^[^a-z]*$/i;
/** Without what is named or typed: mentions, code, names. */
const read = (text: string): string =>
  text.replaceAll(/<[^>]*>|`[^`]*`|Troupe|Discord|Wenna Tarrant/g, '');

const isEphemeral = ({ flags }: APIMessage) => flags === MessageFlags.Ephemeral;
const hasButton = (label: string) => (message: APIMessage) => label in buttonsOf(message);

async function begin(person: Actor, channel: string): Promise<void> {
  await person.command(channel, 'start', WENNA);
  const card = await person.waitFor(channel, hasButton('Начать'));
  expect(card.embeds[0]?.fields?.map(({ name }) => name)).toContain('Где');
  await person.click(card, buttonsOf(card).Начать ?? '');
  await person.waitFor(channel, ({ author, content }) => /Wenna/.test(author.username + content));
}

/** The custom id of the list of languages. */
function languageSelect({ components = [] }: APIMessage): string {
  for (const row of components) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const each of row.components) {
      if (each.type !== ComponentType.StringSelect) continue;
      if (each.options.some(({ value }) => value === 'ru')) return each.custom_id;
    }
  }
  throw new Error('there is no list of languages');
}

test('a person whose Discord is Russian reads Russian, and everyone the language of the server', async () => {
  const { ann, bob, tavern, models, sandbox, settled } = await inTavern({
    sandbox: { rateLimits: 'off' },
  });
  const { controls, guild } = sandbox;
  controls.setLocale(ann.id, 'ru');
  controls.setGuildLocale(guild, 'ru');

  // What she picks from is described in Russian, and what he picks from is not.
  const described = (person: Actor) =>
    person.view().commands.find(({ name }) => name === 'stop')?.description ?? '';
  expect(described(ann)).toMatch(RUSSIAN);
  expect(described(bob)).not.toMatch(RUSSIAN);
  const menu = ann.view().commands.find(({ name }) => name === 'Remember this');
  expect(menu?.name_localized).toBe('Запомнить это');

  await ann.command(tavern, 'help');
  const help = (await ann.waitFor(tavern, isEphemeral)).embeds[0]?.description ?? '';
  expect(help).toContain('Начать здесь историю с персонажем');
  expect(help).toContain('Запомнить это');
  expect(read(help)).toMatch(RUSSIAN);

  // A refusal is for whoever is refused; a button and a card of the channel are for everyone there.
  await ann.command(tavern, 'save', { name: 'x' });
  await ann.waitFor(tavern, ({ content }) => content.startsWith('Здесь не идёт ни одной истории.'));
  await bob.command(tavern, 'save', { name: 'x' });
  await bob.waitFor(tavern, ({ content }) => content.startsWith('No story is being played here.'));

  await begin(ann, tavern);
  const opening = await bob.waitFor(tavern, ({ embeds }) => embeds.length > 0);
  expect(opening.embeds[0]?.description).toContain('начинает историю');

  const steps = stepped();
  models.script({ text: 'One by one the words come.', steps });
  await bob.say(tavern, 'Hello.');
  await models.request(0);
  steps.next(2);
  const streaming = await bob.waitFor(tavern, hasButton('Стоп'));
  await ann.click(streaming, buttonsOf(streaming).Стоп ?? '');
  const stopped = await ann.waitFor(tavern, hasButton('Дальше'));
  expect(Object.keys(buttonsOf(stopped))).toEqual(['Заново', 'Дальше']);
  models.script('Anew.');
  await ann.click(stopped, buttonsOf(stopped).Заново ?? '');
  await settled('Anew.');

  models.script({ text: 'Never shown.', fault: { kind: 'refusal' } });
  await ann.say(tavern, 'Go on.');
  const card = await bob.waitFor(tavern, hasButton('Попробовать ещё раз'));
  expect(card.embeds[0]?.description).toMatch(/^Модель отказалась это писать/);

  // What the home sets goes before the server's own language.
  await ann.command(tavern, 'settings');
  const dashboard = await ann.waitFor(tavern, ({ embeds }) =>
    /Настройки/.test(embeds[0]?.title ?? ''),
  );
  await ann.select(dashboard, languageSelect(dashboard), ['en']);
  await ann.command(tavern, 'scene weather', { is: 'rain' });
  await bob.waitFor(tavern, ({ content }) => content === `-# <@${ann.id}>: rain.`);
  models.script('In English.');
  await ann.say(tavern, 'Again.');
  await ann.waitFor(tavern, hasButton('Regenerate'));
});

test('direct messages are in the language of their person, and stay so after a restart', async () => {
  const { ann, house, models, sandbox } = await inTavern({
    sandbox: { rateLimits: 'off' },
  });
  const direct = (await ann.openDirectMessage()).id;
  sandbox.controls.setLocale(ann.id, 'ru');
  await begin(ann, direct);
  await house.restart();
  models.script('Said in private.');
  await ann.say(direct, 'Hello.');
  await ann.waitFor(direct, hasButton('Заново'));

  sandbox.controls.setLocale(ann.id, 'en-US');
  await ann.command(direct, 'help');
  await ann.waitFor(direct, isEphemeral);
  models.script('Said in English.');
  await ann.say(direct, 'And now?');
  await ann.waitFor(direct, hasButton('Regenerate'));
});
