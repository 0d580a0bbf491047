import type { ModalSubmitInteraction } from 'discord.js';
import type { z } from 'zod';
import type { Bot } from './bot.ts';

/**
 * One form: one file in `modals/`, one line in `modals/index.ts`. Its custom id is made and checked like
 * a component's. A form cannot answer a form: put a button between.
 */
export interface Modal<A extends z.ZodType<readonly string[]> = z.ZodType<readonly string[]>> {
  readonly name: string;
  readonly args: A;
  readonly ofStory?: true;
  execute(interaction: ModalSubmitInteraction, args: z.output<A>, bot: Bot): Promise<void>;
}

export const defineModal = <A extends z.ZodType<readonly string[]>>(modal: Modal<A>): Modal<A> =>
  modal;
