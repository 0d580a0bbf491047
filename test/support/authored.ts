import type { SheetField } from '../../src/app/casting.ts';
import type { Actor } from '../../src/sandbox/index.ts';
import type { Playhouse } from './playhouse.ts';

let drafts = 0;

/** Writes a character into the playhouse's server, as a person does with its form. */
export async function authored(
  { bot, sandbox }: Playhouse,
  by: Actor,
  fields: Partial<Record<SheetField, unknown>>,
): Promise<string> {
  drafts += 1;
  const id = `authored-${drafts}`;
  const standing = {
    person: `user:${by.id}`,
    managesChannels: false,
    managesServer: false,
    roles: [sandbox.guild],
  };
  const { casting } = bot.troupe;
  casting.open(id, sandbox.guild, null, standing);
  casting.fill(id, standing.person, { persona: 'Says little.', summary: 'Waits.', ...fields });
  return casting.confirm(id, { by: standing, command: id });
}
