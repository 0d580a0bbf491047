import type { MessageComponentInteraction } from 'discord.js';

/**
 * What a press of a button is to the log: its message and its custom id, which holds the version that it
 * was drawn at. So a double click is one command, and the same choice made later is another.
 */
export const buttonCommand = ({ message, customId }: MessageComponentInteraction): string =>
  `${message.id}:${customId}`;
