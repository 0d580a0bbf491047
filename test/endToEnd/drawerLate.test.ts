import { type APIMessage, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { actions } from '../../src/discord/drawer/actions/index.ts';
import { texts } from '../../src/discord/texts.ts';
import type { ActResult } from '../../src/sandbox/index.ts';
import { deedsIn, LONG } from '../support/drawerDeeds.ts';
import { optionsOf } from '../support/drawerHand.ts';
import { WENNA } from '../support/playhouse.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

/** A change of the drawer, to be pressed or sent off. */
type Act = () => Promise<ActResult>;

const CODES = actions.map(({ code }) => code);
const LATE = /changed meanwhile|moved on since|not there any more|so already/;
const isEphemeral = ({ flags }: APIMessage) => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0;
const isLine = ({ content }: APIMessage) => content.startsWith('-# <@');

/** Bob may change the story of Ann's, by a role, and has witnessed it. */
async function bobsHands() {
  const tavern = await inTavern({ sandbox: { rateLimits: 'off' } });
  const { sandbox, ann, bob, store, house, models, tavern: channel } = tavern;
  await tavern.begin();
  models.script('Aye.');
  await bob.say(channel, 'Two for the ferry.');
  await tavern.settled('Aye.');
  const chat = store.chatIn(channel) ?? '';
  const { troupe } = house.bot;
  const by = { person: `user:${ann.id}`, managesChannels: true, managesServer: true, roles: [] };
  const deeds = await deedsIn(troupe, chat, by, `user:${bob.id}`);
  expect(Object.keys(deeds).sort(), 'a deed for every action').toEqual([...CODES].sort());
  const role = sandbox.controls.createRole(sandbox.guild, 'hands', ['ManageChannels']);
  const mayEdit = (may: boolean) =>
    sandbox.controls.setRoles(sandbox.guild, bob.id, may ? [role] : []);
  mayEdit(true);
  const version = () => store.chat(chat)?.version ?? 0;
  /** What people did since; what comes of it by itself comes when it comes. */
  const done = (since: number) =>
    version() === since
      ? []
      : store
          .load(`chat:${chat}`)
          .slice(since)
          .filter(({ actor }) => actor !== 'troupe');
  let moves = 0;
  const travel = () => {
    moves += 1;
    return { by, command: `move ${moves}` };
  };
  await troupe.travel.save(chat, 'base', travel());
  const base = store.chat(chat)?.head ?? '';

  /** What he was shown since a moment. */
  const shown = (from: number, kind: 'message' | 'messageEdited' | null = null): APIMessage[] =>
    bob.notices.slice(from).flatMap((notice) => {
      const isOne = notice.kind === 'message' || notice.kind === 'messageEdited';
      return isOne && (kind ?? notice.kind) === notice.kind ? [notice.message] : [];
    });
  const see = (from: number, fits: (message: APIMessage) => boolean, what: string) =>
    bob.until(() => shown(from).findLast(fits), { what: () => what });
  /** Drawers that are open, by what was picked in them. */
  const open = new Map<string, string>();
  const newest = (id: string | undefined): APIMessage | undefined => {
    const last = bob.notices.findLast(
      (notice) => notice.kind === 'messageEdited' && notice.message.id === id,
    );
    return last?.kind === 'messageEdited' ? last.message : undefined;
  };

  /** Goes to where an action is: its button is there, or its form open, as often as asked. */
  const ready = async (code: string, { times = 1, anew = false } = {}): Promise<readonly Act[]> => {
    const action = actions.find((each) => each.code === code);
    const { tab, picks = [], full, given, fill = {} } = deeds[code] ?? { tab: '' };
    if (action === undefined) throw new Error(code);
    // The story stands where it stood at first.
    if (store.chat(chat)?.head !== base) await troupe.travel.load(chat, 'base', travel());
    await given?.();
    const name = texts.drawerUi.actions[action.label];
    const label = action.form === undefined ? name : `${name} …`;
    const key = `${tab} ${picks}`;
    const known = anew ? undefined : newest(open.get(key));
    let from = bob.notices.length;
    // What is open already is looked at again, as a whole and then as he witnessed it.
    const other = Object.entries(known === undefined ? {} : buttonsOf(known)).find(([each]) =>
      each.startsWith('Show '),
    );
    let card: APIMessage | null = null;
    if (known !== undefined && other !== undefined) {
      await bob.click(known, other[1]);
      const isOther = (message: APIMessage) =>
        message.id === known.id && !(other[0] in buttonsOf(message));
      const after = await see(from, isOther, `${code}: again`);
      if (label in buttonsOf(after)) card = after;
      from = bob.notices.length;
    }
    if (card === null) {
      // Older drawers may still be shown anew.
      const older = new Set(shown(0).map(({ id }) => id));
      const isNew = ({ id }: APIMessage) => !older.has(id);
      await bob.command(channel, 'drawer', { tab });
      for (const pick of [...(full ? ['=Show everything'] : []), ...picks]) {
        const found = (message: APIMessage) =>
          pick.startsWith('=')
            ? buttonsOf(message)[pick.slice(1)]
            : Object.entries(optionsOf(message)).find(([each]) => each.startsWith(pick))?.[1];
        const fits = (message: APIMessage) => isNew(message) && found(message) !== undefined;
        const at = await see(from, fits, `${code}: ${pick}`);
        const to = found(at) ?? '';
        from = bob.notices.length;
        await (typeof to === 'string' ? bob.click(at, to) : bob.select(at, to.id, [to.value]));
      }
      const isThere = (message: APIMessage) => isNew(message) && label in buttonsOf(message);
      card = await see(from, isThere, `${code}: ${label}`);
    }
    open.set(key, card.id);
    const drawn = card;
    const id = buttonsOf(drawn)[label] ?? '';
    const one = async (): Promise<Act> => {
      if (action.form === undefined) return () => bob.click(drawn, id);
      const opened = await bob.click(drawn, id);
      if (opened.kind !== 'modal') throw new Error(`${code}: ${JSON.stringify(opened)}`);
      return () => bob.submit(opened.modal, fill);
    };
    return Promise.all(Array.from({ length: times }, one));
  };

  /** He is told one thing, by which nothing was changed. */
  const refused = async (code: string, act: Act | undefined, says: RegExp): Promise<APIMessage> => {
    const [from, before] = [bob.notices.length, version()];
    const result = await act?.();
    expect(result?.kind, `${code}: ${JSON.stringify(result)}`).not.toBe('failed');
    const answers = () => shown(from, 'message').filter(isEphemeral);
    const answer = await bob.until(() => answers()[0], { what: () => `${code}: no answer` });
    expect(answer.content, code).toMatch(says);
    expect(answers(), code).toHaveLength(1);
    expect(done(before), `${code} wrote something`).toEqual([]);
    return answer;
  };
  return {
    ...{ ...tavern, channel, chat, troupe, travel, by, version, done, deeds, ready, refused },
    ...{ shown, mayEdit },
  };
}

test('changed meanwhile, or gone, a value is not overwritten; pressed twice, it is changed once', async () => {
  const { bob, chat, troupe, travel, version, done, deeds, ready, refused, shown } =
    await bobsHands();
  const begun = troupe.travel.points(chat).at(-1)?.node ?? '';
  const reset = () => troupe.travel.reset(chat, WENNA.character, 'Wenna Tarrant', travel());
  for (const code of CODES) {
    const { meanwhile, gone, fill, tab } = deeds[code] ?? {};
    // What is no step of the story goes on, wherever it stands.
    const ways = [meanwhile, gone, ...(tab === 'settings' ? [] : [reset])];
    if (tab === 'memories' || tab === 'soFar') {
      ways.push(() => troupe.travel.rewind(chat, begun, travel()));
    }
    for (const other of ways) {
      if (other === undefined) continue;
      const [act] = await ready(code);
      await other();
      const answer = await refused(code, act, LATE);
      // What was some work to write is given back.
      if (Object.values(fill ?? {}).includes(LONG)) {
        expect(answer.embeds[0]?.description, code).toBe(LONG);
      }
    }
    const both = await ready(code, { times: 2 });
    const [from, before] = [bob.notices.length, version()];
    await Promise.all(both.map((act) => act()));
    // A button that is pressed twice is one command; of two forms the second comes late.
    const answers = () => shown(from, 'message').filter(isEphemeral);
    const told = () => shown(from, 'message').filter(isLine);
    const refusals = fill === undefined ? 0 : 1;
    const lines = tab === 'settings' ? 0 : 1;
    const isOver = () =>
      shown(from, 'messageEdited').length >= 2 &&
      answers().length >= refusals &&
      told().length >= lines;
    await bob.until(() => isOver() || undefined, { what: () => `${code} twice` });
    expect(answers().filter(({ content }) => !LATE.test(content))).toEqual([]);
    const events = done(before);
    expect(new Set(events.map(({ command }) => command)).size, code).toBe(1);
    expect(told(), code).toHaveLength(lines);
  }
}, 60_000);

test('what has left its channel, or somebody’s hands, is not changed from there any more', async () => {
  const { sandbox, channel, chat, troupe, by, ready, refused, mayEdit } = await bobsHands();
  // All of it is open: nothing of what is done next shows in what he looks at.
  const waiting = new Map<string, readonly Act[]>();
  for (const code of CODES) waiting.set(code, await ready(code, { times: 3, anew: true }));
  const each = async (says: RegExp) => {
    for (const [code, [act, ...more]] of waiting) {
      await refused(code, act, says);
      waiting.set(code, more);
    }
  };
  const viewer = { standing: by, sees: () => true };
  const switchTo = (to: string, command: string) => {
    const asked = { home: sandbox.guild, viewer, command };
    return troupe.storylines.switchTo(chat, { channel: to, guild: sandbox.guild }, asked);
  };
  await troupe.storylines.archive(chat, { command: 'archive', by });
  await each(/moved on since/);
  await switchTo(sandbox.channel('rehearsal-room'), 'elsewhere');
  await each(/moved on since/);
  await troupe.storylines.archive(chat, { command: 'archive again', by });
  await switchTo(channel, 'back');
  mayEdit(false);
  await each(/may change what this story holds/);
}, 60_000);
