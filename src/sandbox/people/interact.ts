import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
} from 'discord-api-types/v10';
import type { Discord } from '../discord.ts';
import { messageObject } from '../messages/messageObject.ts';
import type { Act, ActResult } from '../protocol.ts';
import { memberObject, userOf } from '../state/objects.ts';
import type { ChannelRecord } from '../state/records.ts';
import { demand, findChannel, findMessage } from './act.ts';
import { ActError } from './actError.ts';
import { commandData, optionAt } from './commandData.ts';
import { modalData, selectData, usableComponent } from './componentData.ts';
import { commandsIn } from './view.ts';

export type InteractionAct = Extract<
  Act,
  { kind: 'command' | 'autocomplete' | 'menu' | 'click' | 'select' | 'submit' }
>;

/** What a person does that the application has to answer. */
export function interact(
  discord: Discord,
  person: string,
  act: InteractionAct,
): Promise<ActResult> {
  switch (act.kind) {
    case 'command':
      return runCommand(discord, person, act);
    case 'autocomplete':
      return complete(discord, person, act);
    case 'menu':
      return openMenu(discord, person, act);
    case 'click':
    case 'select':
      return useComponent(discord, person, act);
    case 'submit':
      return submit(discord, person, act);
  }
}

function runCommand(
  discord: Discord,
  person: string,
  { channel: id, path, options }: Extract<Act, { kind: 'command' }>,
): Promise<ActResult> {
  const channel = findChannel(discord, person, id);
  const command = findCommand(discord, person, channel, path[0] ?? '', [
    ApplicationCommandType.ChatInput,
  ]);
  return discord.interactions.open(discord, {
    type: InteractionType.ApplicationCommand,
    person,
    channel: channel.id,
    data: commandData(discord, channel, command, path, options),
    commandName: path.join(' '),
  });
}

function complete(
  discord: Discord,
  person: string,
  { channel: id, path, options, focused }: Extract<Act, { kind: 'autocomplete' }>,
): Promise<ActResult> {
  const channel = findChannel(discord, person, id);
  const command = findCommand(discord, person, channel, path[0] ?? '', [
    ApplicationCommandType.ChatInput,
  ]);
  if (!optionAt(command, path, focused)?.autocomplete) {
    throw new ActError(`The option ${focused} does not complete`);
  }
  const given = options.some(({ name }) => name === focused)
    ? options
    : [...options, { name: focused, value: '' }];
  return discord.interactions.open(discord, {
    type: InteractionType.ApplicationCommandAutocomplete,
    person,
    channel: channel.id,
    data: commandData(discord, channel, command, path, given, focused),
  });
}

function openMenu(
  discord: Discord,
  person: string,
  { channel: id, name, target }: Extract<Act, { kind: 'menu' }>,
): Promise<ActResult> {
  const { world } = discord;
  const channel = findChannel(discord, person, id);
  const command = findCommand(discord, person, channel, name, [
    ApplicationCommandType.User,
    ApplicationCommandType.Message,
  ]);
  const open = (resolved: object) =>
    discord.interactions.open(discord, {
      type: InteractionType.ApplicationCommand,
      person,
      channel: channel.id,
      data: { id: command.id, name, type: command.type, target_id: target, resolved },
      commandName: name,
      isContextMenu: true,
    });
  if (command.type === ApplicationCommandType.Message) {
    const { message } = findMessage(discord, person, id, target);
    return open({ messages: { [target]: messageObject(world, message) } });
  }
  if (!world.users.get(target)) throw new ActError('There is no such person', 404);
  const member = world.member(channel.guild ?? '', target);
  return open({
    users: { [target]: userOf(world, target) },
    ...(member && { members: { [target]: { ...memberObject(world, member), user: undefined } } }),
  });
}

function useComponent(
  discord: Discord,
  person: string,
  act: Extract<Act, { kind: 'click' | 'select' }>,
): Promise<ActResult> {
  const { channel, message } = findMessage(discord, person, act.channel, act.message);
  if (message.application_id !== discord.world.application.id) {
    throw new ActError('No application answers for this message');
  }
  const component = usableComponent(message, act.customId);
  const isButton = component.type === ComponentType.Button;
  if (isButton !== (act.kind === 'click')) throw new ActError('That is not how this is used');
  return discord.interactions.open(discord, {
    type: InteractionType.MessageComponent,
    person,
    channel: channel.id,
    source: message.id,
    data:
      act.kind === 'click'
        ? { custom_id: act.customId, component_type: component.type, id: component.id }
        : selectData(discord, channel, component, act.values),
  });
}

async function submit(
  discord: Discord,
  person: string,
  { modal: id, values, files }: Extract<Act, { kind: 'submit' }>,
): Promise<ActResult> {
  const modal = discord.interactions.modal(id);
  if (modal?.person !== person) throw new ActError('That form is gone', 404);
  const channel = findChannel(discord, person, modal.channel);
  const data = modalData(discord, channel, modal.data, values, files);
  const result = await discord.interactions.open(discord, {
    type: InteractionType.ModalSubmit,
    person,
    channel: channel.id,
    source: modal.source,
    openedBy: modal.openedBy,
    data,
  });
  // A form that failed stays open, so that what was typed is not lost.
  if (result.kind !== 'failed') discord.interactions.closeModal(id);
  return result;
}

function findCommand(
  discord: Discord,
  person: string,
  channel: ChannelRecord,
  name: string,
  types: readonly ApplicationCommandType[],
): APIApplicationCommand {
  demandCommands(discord, channel, person);
  const found = commandsIn(discord, person, channel).find(
    (command) => command.name === name && types.includes(command.type),
  );
  if (!found) throw new ActError(`There is no command ${name} here`, 404);
  return found;
}

function demandCommands(discord: Discord, channel: ChannelRecord, person: string): void {
  demand(discord, channel, person, 'UseApplicationCommands');
}
