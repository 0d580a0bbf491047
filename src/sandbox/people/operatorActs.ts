import { Locale } from 'discord-api-types/v10';
import { Controls } from '../controls.ts';
import type { Discord } from '../discord.ts';
import { Faults } from '../faults.ts';
import type { PermissionName } from '../permissions.ts';
import type { ActiveFault, ActResult, OperatorAct } from '../protocol.ts';
import { ActError } from './actError.ts';
import { setPermission } from './channelRights.ts';

/** The roles that carry a person's rights; made when they are first given. */
const RIGHTS = {
  manageChannels: { name: 'Manages channels', permissions: ['ManageChannels'] },
  manageGuild: { name: 'Manages the server', permissions: ['ManageGuild'] },
} as const satisfies Record<string, { name: string; permissions: readonly PermissionName[] }>;

const LOCALES: readonly string[] = Object.values(Locale);

/** What the page does to the sandbox itself. @throws ActError when that makes no sense */
export function performOperatorAct(discord: Discord, person: string, act: OperatorAct): ActResult {
  switch (act.kind) {
    case 'createPerson':
      createPerson(discord, act.name);
      break;
    case 'setLocale':
      setLocale(discord, person, act.locale);
      break;
    case 'setRights':
      setRights(discord, act);
      break;
    case 'setPermission':
      setPermission(discord, act);
      break;
    case 'armFault':
      arm(discord, act);
      break;
    case 'clearFaults':
      new Faults(discord).clear();
      break;
    case 'breakGateway':
      breakGateway(discord, act.how);
  }
  return { kind: 'done' };
}

/** What is made to go wrong right now. */
export function activeFaults({ faults }: Discord): ActiveFault[] {
  return faults.armed.map(({ fault, left }) => ({
    ...fault,
    left: Number.isFinite(left) ? left : null,
  }));
}

function createPerson(discord: Discord, given: string): void {
  const name = given.trim();
  if (name === '') throw new ActError('A person needs a name');
  if (name.length > 32) throw new ActError('A name has 32 characters at most');
  if (discord.world.people().some(({ global_name }) => global_name === name))
    throw new ActError('Someone is called that already');
  new Controls(discord).createPerson(name);
}

function setLocale(discord: Discord, person: string, locale: string): void {
  if (!LOCALES.includes(locale)) throw new ActError('There is no such language');
  new Controls(discord).setLocale(person, locale);
}

function setRights(
  discord: Discord,
  { guild: id, person, rights }: Extract<OperatorAct, { kind: 'setRights' }>,
): void {
  const { world } = discord;
  const guild = world.guilds.get(id);
  const member = world.member(id, person);
  if (!guild || !member) throw new ActError('There is no such person here', 404);
  const controls = new Controls(discord);
  const roles = new Set(member.roles);
  for (const key of Object.keys(RIGHTS) as (keyof typeof RIGHTS)[]) {
    const wanted = rights[key];
    if (wanted === undefined) continue;
    const { name, permissions } = RIGHTS[key];
    const role = guild.roles.find((other) => other.name === name && !other.managed);
    if (wanted) roles.add(role?.id ?? controls.createRole(id, name, permissions));
    else if (role) roles.delete(role.id);
  }
  controls.setRoles(id, person, [...roles]);
}

function arm(discord: Discord, { fault, times }: Extract<OperatorAct, { kind: 'armFault' }>): void {
  discord.faults.add({}, fault, times ?? Number.POSITIVE_INFINITY);
}

function breakGateway(
  discord: Discord,
  how: Extract<OperatorAct, { kind: 'breakGateway' }>['how'],
): void {
  if (!discord.gateway.online) throw new ActError('The application is not connected');
  const faults = new Faults(discord);
  if (how === 'resumable' || how === 'final') faults.disconnect({ resumable: how === 'resumable' });
  else if (how === 'reconnect') faults.requestReconnect();
  else faults.invalidateSession({ resumable: how === 'invalidResumable' });
}
