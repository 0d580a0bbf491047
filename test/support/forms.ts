import { type APIMessage, ComponentType } from 'discord.js';
import type { Actor, ActResult } from '../../src/sandbox/index.ts';
import { buttonsOf } from './tavern.ts';

/** A form that somebody was shown, and what it was filled in with. */
export interface ShownForm {
  readonly id: string;
  readonly title: string;
  readonly values: Readonly<Record<string, string>>;
}

export const press = (who: Actor, message: APIMessage, label: string): Promise<ActResult> =>
  who.click(message, buttonsOf(message)[label] ?? '');

/** The form that came of what someone did. */
export async function formAfter(act: Promise<ActResult>): Promise<ShownForm> {
  const result = await act;
  if (result.kind !== 'modal') throw new Error(`no form came, but: ${result.kind}`);
  const { data } = result;
  const values: Record<string, string> = {};
  for (const label of data.components) {
    if (label.type !== ComponentType.Label) continue;
    const { component } = label;
    if (component.type === ComponentType.TextInput) {
      values[component.custom_id] = component.value ?? '';
    }
  }
  return { id: result.modal, title: data.title, values };
}
