import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { type Right, rights } from '../../src/engine/rights.ts';
import type { Data, Kind } from '../support/hostile/calls.ts';
import { type MarkedPlace, openHostileHouse } from '../support/hostile/house.ts';
import { WENNA } from '../support/playhouse.ts';

const WHO = 'Wenna Tarrant';

type Entry = readonly [
  kind: Kind | 'message',
  name: string,
  options?: Record<string, string | number>,
];

/** Every way in, by what one has to be allowed for it. `CHAT`, `NODE` and `MESSAGE` are the story's. */
const ENTRIES: Record<Right, readonly Entry[]> = {
  speak: [
    ['message', 'Hello.'],
    ['slash', 'continue'],
    ['slash', 'stop'],
    ['slash', 'whisper', { to: WHO, text: 'Hush.' }],
    ['press', 'go-on:CHAT:NODE:5'],
    ['press', 'stop:CHAT:NODE:0'],
    ['press', 'retry:CHAT'],
    ['form', 'reword:CHAT:NODE'],
  ],
  start: [
    ['slash', 'start', WENNA],
    ['slash', 'new'],
    ['slash', 'chat switch', { story: 'CHAT' }],
    ['press', 'take-up:CHAT'],
  ],
  regenerate: [
    ['slash', 'regenerate', { note: 'Shorter.' }],
    ['menu', 'Regenerate'],
    ['press', 'anew-reply:CHAT:REPLY:5'],
    ['press', 'variant:CHAT:REPLY:REPLY:5'],
    ['press', 'choose:CHAT:NODE:5'],
    ['form', 'reword:CHAT:NODE'],
  ],
  branch: [
    ['slash', 'branch'],
    ['slash', 'save', { name: 'Here' }],
    ['menu', 'Branch from here'],
    ['press', 'branch-there:CHAT:NODE'],
  ],
  rewind: [
    ['slash', 'rewind', { to: '1' }],
    ['slash', 'load', { name: 'save wordmark0z' }],
    ['menu', 'Rewind to here'],
    ['press', 'rewind:CHAT:NODE:1'],
    ['press', 'undo:CHAT:move:5'],
  ],
  reset: [
    ['slash', 'reset', WENNA],
    ['slash', 'chat archive'],
    ['press', 'put-away:CHAT'],
    ['form', 'reset:CHAT:wenna-tarrant'],
  ],
  'edit-state': [
    ['slash', 'scene close'],
    ['slash', 'scene move', { who: WHO, place: 'The loft' }],
    ['slash', 'scene weather', { is: 'Rain' }],
    ['slash', 'time advance', { amount: 2, unit: 'hours' }],
    ['slash', 'memory add', { text: 'It rained.', significance: 2 }],
    ['slash', 'chat rename', { name: 'Another name' }],
    ['slash', 'chat settings'],
    ['slash', 'context'],
    ['menu', 'Remember this'],
    ['press', 'take-back:CHAT:NODE'],
    ['press', 'set-answers:CHAT'],
    ['form', 'remember:CHAT:MESSAGE'],
    ['form', 'settings:CHAT:note'],
  ],
  'author-characters': [['slash', 'character create']],
  configure: [['slash', 'settings']],
};

test('without a right no entry that needs it does anything, whatever else one may do', async () => {
  // Nothing is left to Discord's own defaults.
  const guarded = commands.filter(({ data }) => 'default_member_permissions' in data);
  expect(guarded).toEqual([]);
  const { bob, places, send, state, still, house, sandbox, store, by } = await openHostileHouse(1);
  const here = places[0] as MarkedPlace;
  const reply = store.chat(here.chat)?.head ?? '';
  const role = sandbox.controls.createRole(sandbox.guild, 'Some');
  const other = sandbox.controls.createRole(sandbox.guild, 'Others');
  sandbox.controls.setRoles(sandbox.guild, bob.id, [role]);
  const { settings } = house.bot.troupe;
  const grant = (right: Right, to: string) =>
    settings.grant(sandbox.guild, right, [to], { command: `${right}-${to}-${Math.random()}`, by });
  for (const right of rights) grant(right, role);
  const filled = (text: string) =>
    text
      .replaceAll('CHAT', here.chat)
      .replaceAll('NODE', here.node)
      .replaceAll('REPLY', reply)
      .replaceAll('MESSAGE', here.message);
  for (const right of rights) {
    grant(right, other);
    await still();
    for (const [kind, name, options = {}] of ENTRIES[right]) {
      const before = state();
      const from = bob.notices.length;
      if (kind === 'message') await bob.say(here.channel, name);
      else if (kind === 'slash') {
        const given = Object.entries(options).map(([key, value]) => [key, fill(value, filled)]);
        await bob.command(here.channel, name, Object.fromEntries(given));
      } else if (kind === 'menu') await bob.menu(here.channel, name, here.message);
      else {
        const data = dataOf(kind, `1:${filled(name)}`);
        await send(kind, bob, here.channel, (payload) => ({
          ...payload,
          data,
          message: {
            ...(payload.message as Data),
            components: [{ type: 1, components: [{ type: 2, custom_id: data.custom_id ?? '' }] }],
          },
        }));
      }
      await bob.until(
        () =>
          bob.notices
            .slice(from)
            .find(
              (notice) =>
                (notice.kind === 'message' || notice.kind === 'messageEdited') &&
                /^Only .* may /.test(notice.message.content),
            ),
        { what: () => `${right}: ${kind} ${name} was not refused` },
      );
      expect(state(), `${right}: ${kind} ${name}`).toBe(before);
    }
    grant(right, role);
  }
});

const fill = (value: string | number, filled: (text: string) => string) =>
  typeof value === 'string' ? filled(value) : value;

/** What is pressed, picked or filled in. */
function dataOf(kind: Kind, custom_id: string): Data {
  if (kind === 'press') {
    if (!custom_id.includes('set-')) return { custom_id, component_type: 2 };
    return { custom_id, component_type: 3, values: ['round'] };
  }
  const fields = { text: WHO, name: WHO, note: 'Slowly.', depth: '4' };
  const components = Object.entries(fields).map(([id, value]) => ({
    type: 18,
    component: { type: 4, custom_id: id, value },
  }));
  return { custom_id, components };
}
