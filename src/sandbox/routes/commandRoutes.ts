import type { APIApplicationCommand } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Discord } from '../discord.ts';
import { invalidForm, refuse } from '../discordError.ts';
import { type ApiRequest, param, Reply, type Route } from '../http/apiRequest.ts';
import { asRead } from '../people/asRead.ts';
import { SlidingCount } from '../slidingCount.ts';
import { DEFAULT_LOCALE } from '../state/world.ts';
import { check } from '../validation/check.ts';
import { type CommandBody, command } from '../validation/command.ts';
import { ownApplication } from './applicationRoutes.ts';

/** How many commands of each type there may be, and creations a day. */
const MAX_BY_TYPE: Record<number, number> = { 1: 100, 2: 15, 3: 15 };
const CREATIONS_A_DAY = 200;

const commandList = z.array(command);

/** Creations of the last day, per server and guild. */
const creations = new WeakMap<Discord, Map<string, SlidingCount>>();

const GLOBAL = '/applications/:application/commands';
const IN_GUILD = '/applications/:application/guilds/:guild/commands';

export const commandRoutes: Route[] = [GLOBAL, IN_GUILD].flatMap((path): Route[] => [
  {
    method: 'GET',
    path,
    handle: (discord, request) => {
      const all = listCommands(discord, scopeOf(discord, request));
      const whole = request.query.get('with_localizations') === 'true';
      return whole ? all : all.map((command) => asRead(command, DEFAULT_LOCALE));
    },
  },
  { method: 'PUT', path, handle: replaceAll },
  {
    method: 'POST',
    path,
    handle: (discord, request) => {
      const guild = scopeOf(discord, request);
      const body = check(command, request.body);
      const existing = sameName(discord, guild, body);
      if (!existing) countCreations(discord, guild, 1);
      const saved = save(discord, guild, body, existing);
      demandRoom(listCommands(discord, guild), () => discord.world.commands.delete(saved.id));
      changed(discord);
      return existing ? saved : new Reply(201, saved);
    },
  },
  {
    method: 'GET',
    path: `${path}/:command`,
    handle: (discord, request) => findCommand(discord, request),
  },
  {
    method: 'PATCH',
    path: `${path}/:command`,
    handle: (discord, request) => {
      const found = findCommand(discord, request);
      const body = check(command, { ...found, ...(request.body as object), type: found.type });
      const saved = save(discord, found.guild_id, body, found);
      changed(discord);
      return saved;
    },
  },
  {
    method: 'DELETE',
    path: `${path}/:command`,
    handle: (discord, request) => {
      discord.world.commands.delete(findCommand(discord, request).id);
      changed(discord);
      return undefined;
    },
  },
]);

function replaceAll(discord: Discord, request: ApiRequest): object {
  const guild = scopeOf(discord, request);
  const bodies = check(commandList, request.body);
  for (const [index, body] of bodies.entries()) {
    const first = bodies.findIndex(({ name, type }) => name === body.name && type === body.type);
    if (first === index) continue;
    throw invalidForm([
      {
        path: [index],
        code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
        message: 'Application command names must be unique',
      },
    ]);
  }
  demandRoom(bodies, () => undefined);
  const kept = bodies.map((body) => sameName(discord, guild, body));
  countCreations(discord, guild, kept.filter((existing) => !existing).length);
  for (const old of listCommands(discord, guild)) {
    if (!kept.includes(old)) discord.world.commands.delete(old.id);
  }
  const saved = bodies.map((body, index) => save(discord, guild, body, kept[index]));
  changed(discord);
  return saved;
}

function listCommands({ world }: Discord, guild: string | undefined): APIApplicationCommand[] {
  return world.commands
    .values()
    .filter((item) => item.guild_id === guild)
    .toArray();
}

/** The guild that the path names, if it does. */
function scopeOf({ world }: Discord, request: ApiRequest): string | undefined {
  ownApplication(world.application.id, request);
  const guild = request.params.guild;
  if (guild !== undefined && !world.member(guild, world.application.user.id)) {
    throw refuse('missingAccess');
  }
  return guild;
}

function findCommand(discord: Discord, request: ApiRequest): APIApplicationCommand {
  const guild = scopeOf(discord, request);
  const found = discord.world.commands.get(param(request, 'command'));
  if (!found || found.guild_id !== guild) throw refuse('unknownCommand');
  return found;
}

function sameName(
  discord: Discord,
  guild: string | undefined,
  body: CommandBody,
): APIApplicationCommand | undefined {
  return listCommands(discord, guild).find(
    ({ name, type }) => name === body.name && type === body.type,
  );
}

function save(
  { world, ids }: Discord,
  guild: string | undefined,
  body: CommandBody,
  existing: APIApplicationCommand | undefined,
): APIApplicationCommand {
  const id = existing?.id ?? ids.next();
  const inDirectMessages = body.dm_permission ?? true;
  return world.commands.put(id, {
    id,
    application_id: world.application.id,
    version: ids.next(),
    type: body.type,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description: body.description ?? '',
    description_localizations: body.description_localizations ?? null,
    default_member_permissions: body.default_member_permissions ?? null,
    dm_permission: inDirectMessages,
    contexts: body.contexts ?? (inDirectMessages ? null : [0]),
    integration_types: body.integration_types ?? [0],
    nsfw: body.nsfw ?? false,
    ...(body.options && { options: body.options }),
    ...(guild !== undefined && { guild_id: guild }),
  } as APIApplicationCommand);
}

/** @throws 30032 when there are too many of a type, after `undo` */
function demandRoom(commands: readonly { type: number }[], undo: () => void): void {
  for (const [type, most] of Object.entries(MAX_BY_TYPE)) {
    if (commands.filter((item) => item.type === Number(type)).length <= most) continue;
    undo();
    throw refuse('maxCommands');
  }
}

function countCreations(discord: Discord, guild: string | undefined, count: number): void {
  const scopes = creations.get(discord) ?? new Map<string, SlidingCount>();
  creations.set(discord, scopes);
  const key = guild ?? 'global';
  const day = scopes.get(key) ?? new SlidingCount(discord.clock, CREATIONS_A_DAY, 86_400_000);
  scopes.set(key, day);
  for (let made = 0; made < count; made += 1) {
    if (!day.take()) throw refuse('maxCommandCreations');
  }
}

function changed(discord: Discord): void {
  discord.notices.tellEveryone({ kind: 'viewChanged' });
}
