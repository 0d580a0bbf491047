import type { MessageComponentInteraction } from 'discord.js';
import type { z } from 'zod';
import type { Bot } from './bot.ts';

export { customId, parseCustomId } from './customId.ts';

/**
 * One button or select: one file in `components/`, one line in `components/index.ts`.
 *
 * Its custom id, see `customId`, is parsed by `args` before `execute` is called. What is of a story has
 * the chat as its first argument and says so: pressed in another channel than that story's, it is refused.
 */
export interface Component<A extends z.ZodType<readonly string[]> = z.ZodType<readonly string[]>> {
  readonly name: string;
  readonly args: A;
  readonly ofStory?: true;
  execute(interaction: MessageComponentInteraction, args: z.output<A>, bot: Bot): Promise<void>;
}

export const defineComponent = <A extends z.ZodType<readonly string[]>>(
  component: Component<A>,
): Component<A> => component;
