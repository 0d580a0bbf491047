/**
 * What to propose for an option: its choices, people, roles, channels, or what the application answers to
 * autocomplete. Answers that come late, when something else has been typed, are dropped.
 *
 * @import { GivenOption } from '../protocol.ts'
 * @import { OptionField } from './commandForm.js'
 * @import { Proposal } from './listbox.js'
 * @import { SlashCommand } from './slashCommands.js'
 *
 * @typedef {Proposal & { value: GivenOption['value'] }} ValueProposal
 * @typedef {(proposals: ValueProposal[], empty?: string) => void} Show
 */

import { mentionable } from './mentions.js';
import { avatar, channelName, nameOf, rolesHere } from './names.js';
import { act } from './session.js';
import { optionType } from './slashCommands.js';
import { guildOf, state } from './state.js';

const pause = 140;
let asked = 0;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * @param {{ command: SlashCommand, field: OptionField, given: () => GivenOption[] }} about
 * @param {Show} show called once or more, as answers come
 */
export function proposalsFor(about, show) {
  clearTimeout(timer);
  asked += 1;
  const { option, input, picked } = about.field;
  if (picked?.label === input.value && input.value !== '') return show([]);
  if (option.autocomplete) return askApplication(about, show);
  const typed = input.value.trim().toLowerCase();
  const all = known(option);
  const fitting = all.filter(({ label }) => label.toLowerCase().includes(typed)).slice(0, 25);
  show(fitting, all.length > 0 && fitting.length === 0 ? 'Nothing by that name.' : undefined);
}

/**
 * @param {import('./slashCommands.js').CommandOption} option
 * @returns {ValueProposal[]}
 */
function known(option) {
  if (option.choices)
    return option.choices.map(({ name, value }) => ({ key: String(value), label: name, value }));
  switch (option.type) {
    case optionType.boolean:
      return [
        { key: 'true', label: 'Yes', value: true },
        { key: 'false', label: 'No', value: false },
      ];
    case optionType.user:
      return people();
    case optionType.role:
      return roles();
    case optionType.mentionable:
      return [...people(), ...roles()];
    case optionType.channel:
      return (guildOf(state.channel)?.channels ?? [])
        .filter(({ type }) => !option.channel_types || option.channel_types.includes(type))
        .map((channel) => ({
          key: channel.id,
          label: `#${channelName(channel)}`,
          value: channel.id,
        }));
    default:
      return [];
  }
}

/** @returns {ValueProposal[]} */
function people() {
  return mentionable().map((user) => ({
    key: user.id,
    label: nameOf(user),
    detail: user.username,
    picture: avatar(user, 'avatar-tiny'),
    value: user.id,
  }));
}

/** @returns {ValueProposal[]} */
function roles() {
  return rolesHere().map(({ id, name }) => ({ key: id, label: name, detail: 'role', value: id }));
}

/**
 * A choice often carries an explanation behind its name; the name alone goes into the field.
 * @param {{ name: string, value: string | number }} choice
 * @returns {ValueProposal}
 */
function proposalOf({ name, value }) {
  const [label = name, ...rest] = name.split(' · ');
  return { key: String(value), label, detail: rest.join(' · '), value };
}

/**
 * @param {{ command: SlashCommand, field: OptionField, given: () => GivenOption[] }} about
 * @param {Show} show
 */
function askApplication({ command, field, given }, show) {
  const channel = state.channel;
  const question = asked;
  if (!channel) return;
  const ask = async () => {
    const { name } = field.option;
    const typed = { name, value: field.input.value };
    // Files stay behind: they are large, and nothing is proposed by them.
    const others = given().filter((one) => one.name !== name && !one.file);
    const options = [...others, typed];
    const result = await act({
      kind: 'autocomplete',
      channel,
      path: command.path,
      options,
      focused: name,
    }).catch(() => null);
    if (question !== asked) return;
    if (result?.kind !== 'choices') return show([], 'Proposals could not be loaded.');
    const proposals = result.choices.map(proposalOf);
    show(proposals, proposals.length === 0 ? 'Nothing fits.' : undefined);
  };
  // An empty field was only just entered: nobody is typing yet, so ask at once.
  timer = setTimeout(() => void ask(), field.input.value === '' ? 0 : pause);
}
