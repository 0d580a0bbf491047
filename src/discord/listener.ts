import type { ClientEvents } from 'discord.js';
import type { Bot } from './bot.ts';

/** What handles one kind of gateway event. What it throws is logged and goes no further. */
export interface Listener<E extends keyof ClientEvents> {
  readonly event: E;
  handle(bot: Bot, ...args: ClientEvents[E]): void | Promise<void>;
}

export interface AnyListener {
  readonly event: keyof ClientEvents;
  handle(bot: Bot, ...args: never[]): void | Promise<void>;
}

export const defineListener = <E extends keyof ClientEvents>(listener: Listener<E>): Listener<E> =>
  listener;
