import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  ComponentType,
  ApplicationCommandOptionType as Option,
} from 'discord.js';
import {
  ActError,
  type Actor,
  type ActResult,
  type GivenOption,
} from '../../../src/sandbox/index.ts';
import { pressBegin } from '../tavern.ts';
import type { Place, WanderHouse } from './wanderHouse.ts';

/** How much likelier than once some commands are. */
const OFTEN: Readonly<Record<string, number>> = {
  regenerate: 6,
  continue: 4,
  rewind: 6,
  whisper: 5,
  save: 3,
  load: 4,
  variants: 3,
  stop: 2,
  reset: 0.5,
  new: 0.3,
  'chat archive': 0.2,
  'privacy erase': 0.1,
};
const SELDOM = /^(character|lore|persona|settings|start)/;
const NEWEST = 12;

interface Command {
  readonly path: string[];
  readonly options: readonly APIApplicationCommandOption[];
}

/** People who do anything that can be done, at random. */
export class Wanderers {
  readonly #house: WanderHouse;
  readonly #random: () => number;
  /** What was done, for whoever looks for the cause of something. */
  readonly done: string[] = [];
  /** Messages that were purged, and what they said: their turns outlive them until the owner decides. */
  readonly purged = { words: new Set<string>(), messages: new Set<string>() };
  readonly failures: string[] = [];
  /** The bot may not hear in time: the gateway broke since everything last came to rest. */
  deaf = false;

  constructor(house: WanderHouse, random: () => number) {
    this.#house = house;
    this.#random = random;
  }

  async begin(place: Place): Promise<void> {
    const person = this.#in(place);
    const character = this.#one(['character:wenna-tarrant', 'character:desmond-achterberg']);
    await person.command(place.channel, 'start', { character });
    await pressBegin(person, place.channel);
  }

  /** Somebody does something somewhere. Resolves when it is answered, however that goes. */
  async act(): Promise<void> {
    const place = this.#one(this.#house.places);
    const person = this.#in(place);
    const roll = this.#random();
    const deed =
      roll < 0.34
        ? () => this.#say(person, place)
        : roll < 0.4
          ? () => this.#edit(person, place)
          : roll < 0.44
            ? () => this.#delete(place)
            : roll < 0.46
              ? () => this.#purge(place)
              : roll < 0.66
                ? () => this.#press(person, place)
                : roll < 0.74
                  ? () => this.#menu(person, place)
                  : roll < 0.94
                    ? () => this.#command(person, place)
                    : () => this.#break();
    try {
      await deed();
    } catch (error) {
      // What Discord itself does not let people do is no deed.
      if (!(error instanceof ActError)) throw error;
    }
  }

  /** @param place where nobody has a story, one begins. */
  async #say(person: Actor, { channel, guild }: Place): Promise<void> {
    if (this.#house.store.chatIn(channel) === null && this.#random() < 0.7) {
      return await this.begin({ channel, guild }).catch(() => {});
    }
    const aside = this.#random() < 0.08;
    const word = this.#house.canaries.mint({ channel, aside });
    const text = this.#one([
      `"Good evening, ${word}," she says.`,
      `*looks at ${word}* And now?`,
      `${word} Wenna, do tell.`,
      `${word} is what I said.`,
    ]);
    const quoted = this.#random() < 0.15 ? this.#one(this.#speech(channel)) : undefined;
    this.#note(person, channel, `says ${word}`);
    await person.say(channel, aside ? `((${word}, back in five))` : text, {
      ...(quoted && { replyTo: quoted.id }),
    });
  }

  async #edit(person: Actor, { channel }: Place): Promise<void> {
    const message = this.#one(
      this.#speech(channel).filter(({ author }) => author.id === person.id),
    );
    if (message === undefined) return;
    const word = this.#house.canaries.mint({ channel });
    this.#note(person, channel, `edits ${message.content} to ${word}`);
    await person.edit(message, `${word} is what I meant.`);
  }

  /** Somebody takes back what they said, or who owns the server what anyone said. */
  async #delete({ channel }: Place): Promise<void> {
    const message = this.#one(this.#speech(channel).slice(-NEWEST));
    const author = this.#house.people.find(({ id }) => id === message?.author.id);
    const person = author ?? this.#house.people[0];
    if (message === undefined || person === undefined) return;
    this.#note(person, channel, `deletes ${message.content.slice(0, 40)}`);
    await person.delete(message);
  }

  async #purge({ channel, guild }: Place): Promise<void> {
    if (guild === null) return;
    const speech = this.#speech(channel);
    const from = Math.floor(this.#random() * speech.length);
    const gone = speech.slice(from, from + 2 + Math.floor(this.#random() * 4));
    for (const { id, content } of gone) {
      this.purged.words.add(wordsIn(content));
      this.purged.messages.add(id);
    }
    this.done.push(`${channel}: ${gone.length} purged: ${gone.map(({ content }) => content)}`);
    this.#house.sandbox.controls.deleteMessages(
      channel,
      gone.map(({ id }) => id),
    );
  }

  async #press(person: Actor, { channel }: Place): Promise<void> {
    const components = person
      .messages(channel, { limit: NEWEST })
      .flatMap((message) =>
        (message.components ?? []).flatMap((row) =>
          row.type === ComponentType.ActionRow
            ? row.components.flatMap((component) =>
                'disabled' in component && component.disabled ? [] : { message, component },
              )
            : [],
        ),
      );
    const chosen = this.#one(components);
    if (chosen === undefined) return;
    const { message, component } = chosen;
    if (component.type === ComponentType.Button && 'custom_id' in component) {
      const { label, custom_id } = component;
      this.#note(person, channel, `presses ${label} ${custom_id}`);
      const press = () => this.#answered(person, channel, person.click(message, custom_id));
      await Promise.all(this.#random() < 0.1 ? [press(), press()] : [press()]);
    } else if (component.type === ComponentType.StringSelect) {
      const value = this.#one(component.options)?.value ?? '';
      this.#note(person, channel, `chooses ${value} of ${component.custom_id}`);
      const result = person.select(message, component.custom_id, [value]);
      await this.#answered(person, channel, result);
    }
  }

  async #menu(person: Actor, { channel }: Place): Promise<void> {
    const message = this.#one(person.messages(channel, { limit: NEWEST }));
    const menu = this.#one(
      person.view().commands.filter(({ type }) => type === ApplicationCommandType.Message),
    );
    if (message === undefined || menu === undefined) return;
    this.#note(person, channel, `${menu.name} on ${message.content.slice(0, 40)}`);
    await this.#answered(person, channel, person.menu(channel, menu.name, message.id));
  }

  async #command(person: Actor, { channel }: Place): Promise<void> {
    const all = person
      .view()
      .commands.filter(({ type }) => type === ApplicationCommandType.ChatInput)
      .flatMap(leaves);
    const { path, options } = this.#weighed(all);
    const given: GivenOption[] = [];
    for (const option of options) {
      if (option.required !== true && this.#random() < 0.4) continue;
      if (option.type === Option.Attachment) return;
      const value = await this.#value(person, channel, path, option, given);
      if (value !== null) given.push({ name: option.name, value });
    }
    this.#note(person, channel, `/${path.join(' ')} ${JSON.stringify(given)}`);
    const asked = person.act({ kind: 'command', channel, path, options: given });
    await this.#answered(person, channel, asked);
  }

  async #value(
    person: Actor,
    channel: string,
    path: readonly string[],
    option: APIApplicationCommandOption,
    given: readonly GivenOption[],
  ): Promise<GivenOption['value'] | null> {
    const secretOf = path[0] === 'whisper' ? person.id : null;
    const typed = () => this.#house.canaries.mint({ channel, secretOf });
    const { name } = option;
    if ('choices' in option && option.choices) {
      return this.#one<{ value: string | number }>(option.choices)?.value ?? null;
    }
    if ('autocomplete' in option && option.autocomplete) {
      const options = [...given, { name, value: '' }];
      const result = await person.act({
        kind: 'autocomplete',
        channel,
        path: [...path],
        options,
        focused: name,
      });
      const choices = result.kind === 'choices' ? result.choices : [];
      return this.#one(choices)?.value ?? typed();
    }
    switch (option.type) {
      case Option.String:
        return typed();
      case Option.Boolean:
        return this.#random() < 0.5;
      case Option.Integer:
      case Option.Number: {
        const { min_value = 0, max_value = min_value + 10 } = option;
        return Math.floor(min_value + this.#random() * (Math.min(max_value, 50) - min_value + 1));
      }
      case Option.User:
        return this.#one(this.#house.people).id;
      default:
        return null;
    }
  }

  /** Fills in a form, where that is the answer. Nobody is left without one. */
  async #answered(person: Actor, channel: string, asked: Promise<ActResult>): Promise<void> {
    const result = await asked;
    const failed = ({ kind }: ActResult) => {
      if (kind === 'failed' && !this.deaf) this.failures.push(`${this.done.at(-1)}`);
    };
    failed(result);
    if (result.kind !== 'modal' || this.#random() < 0.15) return;
    const values = this.#filled(channel, result.data);
    this.#note(person, channel, `fills in ${result.data.title} ${JSON.stringify(values)}`);
    failed(await person.submit(result.modal, values));
  }

  #filled(
    channel: string,
    { components }: APIModalInteractionResponseCallbackData,
  ): Record<string, string> {
    const values: Record<string, string> = {};
    for (const row of components) {
      const inner =
        row.type === ComponentType.Label
          ? { ...row.component, label: row.label }
          : row.type === ComponentType.ActionRow
            ? row.components[0]
            : undefined;
      if (inner?.type !== ComponentType.TextInput) continue;
      const name = /^Type (.*)/.exec(inner.label ?? '')?.[1];
      const keeps = (inner.required === false || inner.value) && this.#random() < 0.5;
      if (name !== undefined) values[inner.custom_id] = name;
      else if (!keeps) values[inner.custom_id] = this.#house.canaries.mint({ channel });
    }
    return values;
  }

  /** Some of the next requests go wrong, or the gateway does. */
  async #break(): Promise<void> {
    const { faults, applicationId } = this.#house.sandbox;
    const matches = [
      // What answers an interaction is sent by the application's own id, and only once.
      { method: 'POST', path: new RegExp(`^/webhooks/(?!${applicationId})\\d+/[^/]+$`) },
      { method: 'PATCH', path: /\/messages\/\d+$/ },
      { method: 'POST', path: /bulk-delete$/ },
      { method: 'POST', path: /^\/channels\/\d+\/messages$/ },
      { method: 'DELETE', path: /\/messages\/\d+$/ },
    ];
    const match = this.#one(matches);
    const times = 1 + Math.floor(this.#random() * 3);
    const breaks: Record<string, () => void> = {
      'a drop after': () => faults.drop(match, 'after', { times }),
      'a drop before': () => faults.drop(match, 'before', { times }),
      'a server error': () => faults.serverError(match, { times }),
      'a 429': () => faults.rateLimit(match, { retryAfter: 100 }),
      latency: () => faults.latency(match, 20, { jitter: 100, times: 10 }),
      'events first': () => faults.eventsFirst(match),
      'a disconnect': () => faults.disconnect(),
      'a reconnect': () => faults.requestReconnect(),
    };
    const name = this.#one(Object.keys(breaks));
    this.done.push(`-- ${name} ${match.method} ${match.path}`);
    if (/connect/.test(name)) this.deaf = true;
    breaks[name]?.();
  }

  /** What was said in a channel, by people and characters; the bot's own lines and cards are none. */
  #speech(channel: string): APIMessage[] {
    return this.#house.sandbox.allMessages(channel).filter(isSpeech);
  }

  #in({ channel, guild }: Place): Actor {
    if (guild !== null) return this.#one(this.#house.people);
    const isTheirs = (person: Actor) =>
      person.view().directMessages.some(({ id }) => id === channel);
    return this.#house.people.find(isTheirs) as Actor;
  }

  #weighed(commands: readonly Command[]): Command {
    const weights = commands.map(({ path }) => {
      const name = path.join(' ');
      return OFTEN[name] ?? OFTEN[path[0] ?? ''] ?? (SELDOM.test(name) ? 0.15 : 1);
    });
    let left = this.#random() * weights.reduce((sum, weight) => sum + weight, 0);
    const at = weights.findIndex((weight) => {
      left -= weight;
      return left < 0;
    });
    return commands[at] as Command;
  }

  #one<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)] as T;
  }

  #note(person: Actor, channel: string, what: string): void {
    this.done.push(`${channel}: ${person.user.global_name} ${what}`);
  }
}

/** Whether a message is somebody's words, and none of the bot's lines and cards. */
export const isSpeech = (message: APIMessage): boolean =>
  message.content !== '' &&
  !message.content.startsWith('-# ') &&
  !message.interaction_metadata &&
  (!message.author.bot ||
    message.webhook_id !== undefined ||
    /^\*\*[^\n]*\*\*\n|^kw\w{4}z goes on/.test(message.content));

/** What a message says, without the name that the bot puts above what it says for somebody. */
export const wordsIn = (content: string): string => content.replace(/^\*\*[^\n]*\*\*\n/, '');

/** The commands that can be sent: subcommands instead of what holds them. */
function leaves(command: APIApplicationCommand): Command[] {
  const within = (path: string[], options: readonly APIApplicationCommandOption[]): Command[] => {
    const groups = options.filter(
      ({ type }) => type === Option.Subcommand || type === Option.SubcommandGroup,
    );
    if (groups.length === 0) return [{ path, options }];
    return groups.flatMap((group) =>
      within([...path, group.name], 'options' in group ? (group.options ?? []) : []),
    );
  };
  return within([command.name], command.options ?? []);
}
