import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { components } from '../../src/discord/components/index.ts';
import { modals } from '../../src/discord/modals/index.ts';
import { optionsFit } from '../../src/discord/optionsFit.ts';
import type { Actor, Notice } from '../../src/sandbox/index.ts';
import { allCalls, argsOf, type Data } from '../support/hostile/calls.ts';
import { openHostileHouse } from '../support/hostile/house.ts';
import { anyField, hostile, nonsense, type Payload } from '../support/hostile/spoil.ts';
import { seeded } from '../support/seeded.ts';

/** More of them, and others, by `npm run fuzz:interactions`. */
const RUNS = Number(process.env.HOSTILE_RUNS ?? 300);
const SEED = Number(process.env.HOSTILE_SEED ?? 7);
/** One's own, whatever one may do besides. */
const OWN = /persona/i;

test(
  `of ${RUNS} hostile interactions none changes anything, tells of another story, or goes unanswered`,
  async () => {
    const { ann, bob, places, send, state, still, house } = await openHostileHouse();
    const random = seeded(SEED);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    const problems: string[] = [];
    const sent: string[] = [];
    const interactions = new Map<string, string>();
    const seen = new Map<Actor, number>([ann, bob].map((who) => [who, who.notices.length]));
    const problem = (what: string) =>
      problems.push(`${what}\n  of: ${sent.slice(-3).join('\n      ')}`);
    let before = state();
    let errors = 0;

    /** What is new on someone's screen holds nothing that is not of the place, or not theirs. */
    const read = (who: Actor) => {
      const fresh = who.notices.slice(seen.get(who) ?? 0);
      seen.set(who, who.notices.length);
      for (const notice of fresh) crossing(who, notice);
    };
    const crossing = (who: Actor, notice: Notice) => {
      if (notice.kind !== 'message' && notice.kind !== 'messageEdited') return;
      foreign(who, notice.message.channel_id, JSON.stringify(notice.message));
    };
    const foreign = (who: Actor, channel: string, text: string) => {
      const here = places.find((each) => each.channel === channel);
      for (const { marks, ...place } of places) {
        const isHere = place.channel === channel;
        const told = [
          !isHere && text.includes(marks.words),
          !(isHere && who === ann) && text.includes(marks.whisper),
          place.guild !== here?.guild && text.includes(marks.name),
        ];
        if (told.includes(true)) problem(`a word of ${marks.name} in ${here?.marks.name}`);
      }
    };
    const check = () => {
      const now = state();
      const fresh = now.split('\n').filter((line) => !before.includes(line));
      if (now !== before) problem(`the state changed: ${fresh.join(', ')}`);
      before = now;
      const failed = house.logged.filter(({ level }) => level === 'error');
      if (failed.length > errors) problem(`logged: ${JSON.stringify(failed.at(-1))}`);
      errors = failed.length;
      read(ann);
      read(bob);
    };

    for (let run = 0; run < RUNS; run += 1) {
      const call = allCalls[run % allCalls.length] as (typeof allCalls)[number];
      const here = pick(places);
      const other = pick(places.filter((each) => each !== here));
      // Whoever may do nothing has any field changed; whoever may do all, one that makes it no wish.
      const mayDoNothing = here.guild !== null && !OWN.test(call.name) && random() < 0.5;
      const who = mayDoNothing ? bob : ann;
      const make = (payload: Payload): Payload => {
        const custom = call.data(here, pick) as Data;
        const valid: Payload = { ...payload, data: custom };
        if (valid.message !== undefined && typeof custom.custom_id === 'string') {
          const button = { type: 2, style: 1, label: 'x', custom_id: custom.custom_id };
          valid.message = {
            ...(valid.message as Data),
            components: [{ type: 1, components: [button] }],
          };
        }
        const isRandom = (run + Math.floor(run / allCalls.length)) % 2 === 1;
        const spoiled = isRandom
          ? nonsense(call, valid, random, pick)
          : mayDoNothing
            ? anyField(valid, random, pick)
            : hostile(call, valid, other, here, pick);
        const { payload: final, what } = spoiled ?? {
          payload: { ...valid, data: 5 },
          what: 'none',
        };
        const line = `${run} ${call.name} by ${mayDoNothing ? 'Bob' : 'Ann'}: ${what}`;
        sent.push(line);
        interactions.set(String(payload.id), line);
        return final;
      };
      const result = await send(call.kind, who, here.channel, make);
      if (result === null || result.kind === 'failed')
        problem(`no answer ${JSON.stringify(house.logged.slice(-2))}`);
      else if (result.kind === 'choices' || result.kind === 'modal') {
        foreign(who, here.channel, JSON.stringify(result));
      }
      check();
      if (problems.length > 20) break;
    }
    await still();
    check();
    for (const who of [ann, bob]) {
      const waiting = new Map<string, boolean>();
      for (const notice of who.notices) {
        if (notice.kind === 'thinking') waiting.set(notice.interaction, notice.done);
      }
      for (const [id, done] of waiting) {
        if (!done && interactions.has(id)) problem(`left thinking: ${interactions.get(id)}`);
      }
    }
    expect(problems.join('\n\n')).toBe('');
  },
  20_000 + RUNS * 100,
);

test('before a field is changed, each of them fits: what is refused is refused for that field', () => {
  const place = {
    guild: null,
    channel: '1',
    chat: 'a',
    node: 'b',
    message: '1'.repeat(18),
    save: 's',
  };
  const random = seeded(SEED);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const misfits = allCalls
    .filter(({ kind }) => kind !== 'press' && kind !== 'form')
    .filter(({ kind, data }) => !optionsFit(data(place, pick), commands, kind === 'typing'));
  const parts = [...components, ...modals].filter(({ args }) => argsOf(args, place, pick) === null);
  expect([...misfits, ...parts].map(({ name }) => name)).toEqual([]);
});
