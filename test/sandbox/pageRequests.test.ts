import { describe, expect, it } from 'vitest';
import { faultSentence } from '../../src/sandbox/page/faultWords.js';
import {
  addRequests,
  complaints,
  fits,
  isError,
  mostRequests,
  routeText,
  shareLeft,
  statusText,
} from '../../src/sandbox/page/requestRows.js';
import type { LoggedRequest } from '../../src/sandbox/protocol.ts';

function request(fields: Partial<LoggedRequest> = {}): LoggedRequest {
  return {
    id: 1,
    at: 0,
    method: 'POST',
    route: 'POST /channels/:channel/messages',
    path: '/channels/1/messages',
    channel: '1',
    status: 200,
    code: null,
    message: null,
    problems: [],
    ms: 2,
    bucket: null,
    limit: 5,
    remaining: 2,
    injected: false,
    dropped: false,
    ...fields,
  };
}

describe('the log of requests', () => {
  it('keeps the newest, newest first, and starts anew when told to', () => {
    const many = Array.from({ length: mostRequests + 5 }, (_, id) => request({ id }));
    const known = addRequests([], many, true);
    expect(known).toHaveLength(mostRequests);
    expect(known[0]?.id).toBe(mostRequests + 4);
    const next = addRequests(known, [request({ id: 900 }), request({ id: 901 })], false);
    expect(next.slice(0, 3).map(({ id }) => id)).toEqual([901, 900, mostRequests + 4]);
    expect(next).toHaveLength(mostRequests);
    expect(addRequests(next, [request()], true)).toHaveLength(1);
  });

  it('can be narrowed down to a channel and to errors', () => {
    const everywhere = { channel: null, onlyErrors: false };
    expect(fits(request({ channel: null }), everywhere)).toBe(true);
    expect(fits(request(), { channel: '2', onlyErrors: false })).toBe(false);
    expect(fits(request(), { channel: '1', onlyErrors: true })).toBe(false);
    expect(fits(request({ status: 404 }), { channel: '1', onlyErrors: true })).toBe(true);
    expect([request({ status: 0 }), request({ dropped: true })].every(isError)).toBe(true);
  });

  it('says what was asked for, what came of it and what is left', () => {
    expect(routeText(request())).toBe('/channels/:channel/messages');
    expect(statusText(request({ status: 0, dropped: true }))).toBe('dropped');
    expect(statusText(request({ dropped: true }))).toBe('200, dropped');
    expect(shareLeft(request())).toBe(0.4);
    expect(shareLeft(request({ limit: null }))).toBeNull();
    const refused = { status: 400, code: 50035, message: 'Invalid Form Body', problems: ['x: y'] };
    expect(complaints(request(refused))).toEqual(['50035 Invalid Form Body', 'x: y']);
    expect(complaints(request())).toEqual([]);
  });
});

describe('what goes wrong on purpose, in words', () => {
  it('is one sentence', () => {
    expect(faultSentence([])).toBe('');
    expect(
      faultSentence([
        { kind: 'latency', ms: 2_000, left: null },
        { kind: 'status', status: 429, left: 1 },
        { kind: 'status', status: 503, left: 3 },
        { kind: 'drop', when: 'before', left: 1 },
        { kind: 'drop', when: 'after', left: 2 },
      ]),
    ).toBe(
      'On purpose: all requests are answered 2 s late; the next request is refused as too many ' +
        '(429); the next 3 requests fail with 503; the next request is dropped before anything is ' +
        'done; the next 2 requests lose their answers.',
    );
  });
});
