import { type APIMessage, ComponentType, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import type { Actor } from '../../src/sandbox/index.ts';
import { inTavern } from '../support/tavern.ts';

/** Values of a message's select menus, by label. */
function optionsOf({ components }: APIMessage) {
  const found: Record<string, { id: string; value: string }> = {};
  for (const row of components ?? []) {
    if (row.type !== ComponentType.ActionRow) continue;
    for (const each of row.components) {
      if (each.type !== ComponentType.StringSelect) continue;
      for (const { label, value } of each.options) found[label] = { id: each.custom_id, value };
    }
  }
  return found;
}
void optionsOf; void expect; void MessageFlags; void ({} as Actor);

test('the drawer opens', async () => {
  const { ann, tavern, begin } = await inTavern();
  await begin();
  await ann.command(tavern, 'drawer', {});
  const card = await ann.waitFor(tavern, ({ embeds }) => embeds[0]?.title === 'Scene');
  console.log(JSON.stringify(card, null, 1));
});
