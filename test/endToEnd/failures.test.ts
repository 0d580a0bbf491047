import { describe, expect, test, vi } from 'vitest';
import { openaiModel } from '../../src/llm/openaiModel.ts';
import { expectAgreement, owedIn, repliesIn } from '../support/agreement.ts';
import { hastyClock } from '../support/hastyClock.ts';
import { type Fault, faultKinds } from '../support/modelAnswers.ts';
import { seeded } from '../support/seeded.ts';
import { buttonsOf, inTavern } from '../support/tavern.ts';

const KEY = 'sk-very-secret-key';
const TEXT = 'One two three four five six.';
/** Where the client asks once more by itself. */
const ASKED_TWICE = ['server-error', 'overloaded', 'drop'];
/** Milliseconds that the model's server may stay silent here. */
const PATIENCE = 60;

/** A tavern whose model has a key, and gives up soon on a server that says nothing. */
async function inTroubledTavern() {
  let address = '';
  const tavern = await inTavern({
    clock: hastyClock,
    sandbox: { rateLimits: 'off' },
    model: (url) => {
      address = url;
      return openaiModel({
        baseURL: url,
        apiKey: KEY,
        firstPartTimeout: PATIENCE,
        idleTimeout: PATIENCE,
        // The pause before a retry is kept by the client's own tests.
        clock: { now: Date.now, after: hastily },
      });
    },
  });
  await tavern.begin();
  const { ann, models, store, sandbox, logged } = tavern;
  const channel = tavern.tavern;
  let said = 0;
  const cards = () =>
    sandbox
      .allMessages(channel)
      .filter(
        ({ content, embeds }) => content === '' && /could not answer/.test(embeds[0]?.title ?? ''),
      );
  /** Says something, and resolves when all that comes of it is over. */
  const say = async (answer: Parameters<typeof models.script>[0], times = 1) => {
    models.script(...Array.from({ length: times }, () => answer));
    const before = models.requests.length;
    said += 1;
    await ann.say(channel, `Line ${said}.`);
    await vi.waitUntil(() => models.requests.length > before && owedIn(store).length === 0, {
      interval: 1,
      timeout: 5_000,
    });
  };
  const secrets = [KEY, address, new URL(address).host];
  return { ...tavern, channel, cards, say, logged, secrets };
}

const hastily = (ms: number, run: () => void) => {
  const timer = setTimeout(run, Math.min(ms, PATIENCE));
  return () => clearTimeout(timer);
};

describe('a failure of the model', () => {
  const before: [Fault, RegExp][] = [
    [{ kind: 'bad-key' }, /refuses the key.*`LLM_API_KEY`/],
    [{ kind: 'forbidden' }, /refuses the key/],
    [{ kind: 'unknown-model' }, /not there.*`NARRATIVE_MODEL`/],
    [{ kind: 'rate-limited', retryAfter: 90 }, /takes no more for now\. Try again <t:\d+:R>\./],
    [{ kind: 'no-quota' }, /takes no more for now/],
    [{ kind: 'server-error' }, /cannot be reached/],
    [{ kind: 'overloaded' }, /cannot be reached/],
    [{ kind: 'context-too-long' }, /too long for the model/],
    [{ kind: 'hang' }, /took too long/],
    [{ kind: 'drop' }, /cannot be reached/],
    [{ kind: 'nonsense' }, /Try again/],
    [{ kind: 'web-page' }, /Try again/],
    [{ kind: 'refusal' }, /declined to write this/],
    [{ kind: 'content-filter' }, /declined to write this/],
    [{ kind: 'empty' }, /nothing that can be shown/],
  ];

  test('before any text is a card that says what happened and what to do, with a way to try again', async () => {
    const { say, cards, channel, store, ann } = await inTroubledTavern();
    for (const [fault, words] of before) {
      await say({ text: TEXT, fault }, ASKED_TWICE.includes(fault.kind) ? 2 : 1);
      const [card, ...others] = cards();
      expect(others, fault.kind).toEqual([]);
      expect(card?.embeds[0]?.description, fault.kind).toMatch(words);
      expect(card && Object.keys(buttonsOf(card))).toEqual(['Try again']);
      expect(ann.messages(channel).at(-1)?.id, fault.kind).toBe(card?.id);
      expect(repliesIn(store, channel)).toHaveLength(1);
    }
  });

  test('after some text keeps the text, and marks it with what happened', async () => {
    const { say, cards, channel, store, sandbox } = await inTroubledTavern();
    const after: [Fault['kind'], RegExp][] = [
      ['rate-limited', /^Cut off here\. The model takes no more/],
      ['server-error', /^Cut off here\. The model cannot be reached/],
      ['hang', /^Cut off here\. The model took too long/],
      ['drop', /^Cut off here\./],
      ['error-chunk', /^Cut off here\./],
      ['polite-end', /^Cut off here\./],
    ];
    let count = 1;
    for (const [kind, words] of after) {
      await say({ text: TEXT, fault: { kind, when: 'after' } });
      count += 1;
      const replies = repliesIn(store, channel);
      expect(replies, kind).toHaveLength(count);
      expect(replies.at(-1), kind).toMatchObject({ text: 'One two three', truncated: true });
      expect(sandbox.allMessages(channel).at(-1)?.embeds[0]?.description, kind).toMatch(words);
    }
    expect(cards()).toEqual([]);
    expectAgreement(sandbox, store, channel);
  });

  test('again in the same place is not said again: the card moves down', async () => {
    const { say, cards, ann, channel } = await inTroubledTavern();
    const answer = { fault: { kind: 'bad-key' } as const };
    await say(answer);
    const [first] = cards();
    await say(answer);
    const [second, ...others] = cards();
    expect(others).toEqual([]);
    expect(second?.id).not.toBe(first?.id);
    expect(ann.messages(channel).at(-1)?.id).toBe(second?.id);
  });

  test('is over when a reply succeeds, by its button', async () => {
    const { say, cards, ann, models, settled } = await inTroubledTavern();
    await say({ fault: { kind: 'bad-key' } });
    const [card] = cards();
    models.script('Back again.');
    if (card) await ann.click(card, buttonsOf(card)['Try again'] ?? '');
    await settled('Back again.');
    await vi.waitUntil(() => cards().length === 0);
  });

  test('is over when a reply succeeds, also after a restart', async () => {
    const { say, cards, house, channel, store } = await inTroubledTavern();
    await say({ fault: { kind: 'unknown-model' } });
    await house.restart();
    expect(cards()).toHaveLength(1);
    await say('Back again.');
    await vi.waitUntil(() => cards().length === 0);
    expect(repliesIn(store, channel).at(-1)?.text).toBe('Back again.');
  });

  test('is tried again once, however often the button is pressed', async () => {
    const { say, cards, ann, models, store } = await inTroubledTavern();
    await say({ fault: { kind: 'bad-key' } });
    const [card] = cards();
    const asked = models.requests.length;
    models.script({ fault: { kind: 'bad-key' } });
    if (card === undefined) throw new Error('there is no card');
    const button = buttonsOf(card)['Try again'] ?? '';
    await Promise.allSettled([ann.click(card, button), ann.click(card, button)]);
    await vi.waitUntil(
      () => cards().some(({ id }) => id !== card.id) && owedIn(store).length === 0,
    );
    expect(models.requests.length).toBe(asked + 1);
    expect(cards()).toHaveLength(1);
  });
});

test('200 failures of any kind at any moment: the person learns of each, and nothing of the key or the server', async () => {
  const { say, cards, channel, store, sandbox, logged, secrets } = await inTroubledTavern();
  const random = seeded(5);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let known = repliesIn(store, channel).length;
  for (let at = 0; at < 200; at += 1) {
    const kind = pick(faultKinds);
    const when = pick(['before', 'at', 'after'] as const);
    const replies = known;
    await say({ text: TEXT, fault: { kind, when } });
    const after = repliesIn(store, channel);
    const last = after.at(-1);
    const shown = sandbox.allMessages(channel).at(-1);
    const name = `${kind} ${when} (${at})`;
    known = after.length;
    if (known === replies) {
      expect(
        cards().map(({ id }) => id),
        name,
      ).toEqual([shown?.id]);
      expect(shown && buttonsOf(shown)['Try again'], name).toBeDefined();
    } else if (last?.truncated) {
      expect(cards(), name).toEqual([]);
      expect(shown?.content, name).toBe(last.text);
    }
  }
  expectAgreement(sandbox, store, channel);
  const visible = JSON.stringify([
    sandbox.allMessages(channel),
    store.load(`chat:${store.chatIn(channel)}`),
  ]);
  const written = JSON.stringify(logged, (_, value) =>
    value instanceof Error
      ? { ...value, message: value.message, stack: value.stack, cause: value.cause }
      : value,
  );
  for (const secret of secrets) {
    expect(visible).not.toContain(secret);
    expect(written).not.toContain(secret);
  }
});
