import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import { SlidingCount } from './slidingCount.ts';

/** So many requests in so many milliseconds, from the first one on. */
export interface Allowance {
  limit: number;
  windowMs: number;
}

export interface RateLimitPlan {
  send: Allowance;
  edit: Allowance;
  /** Whether sends and edits of messages carry the same bucket name, though they count apart. */
  sendAndEditShareName: boolean;
  webhookExecute: Allowance;
  /** A second, slower allowance for webhook messages, per channel. */
  webhookExecuteSlow: Allowance;
  webhookEdit: Allowance;
  /** Any other route. */
  other: Allowance;
  global: Allowance;
  /** Answers of 401, 403 and 429 after which everything is refused. */
  invalid: Allowance;
  /** The gateway's: identifies within 5 s, within a day, and payloads within a minute. */
  maxConcurrency: number;
  identifiesPerDay: number;
  sendsPerMinute: number;
}

/** What has been seen of Discord; see the figures' own doubts in the rate-limit facts. */
export const DISCORD_PLAN: RateLimitPlan = {
  send: { limit: 5, windowMs: 5_000 },
  edit: { limit: 5, windowMs: 5_000 },
  sendAndEditShareName: true,
  webhookExecute: { limit: 5, windowMs: 2_000 },
  webhookExecuteSlow: { limit: 30, windowMs: 60_000 },
  webhookEdit: { limit: 5, windowMs: 5_000 },
  other: { limit: 50, windowMs: 1_000 },
  global: { limit: 50, windowMs: 1_000 },
  invalid: { limit: 10_000, windowMs: 600_000 },
  maxConcurrency: 16,
  identifiesPerDay: 1_000,
  sendsPerMinute: 120,
};

/** Every allowance drawn anew, so that nothing can be built on Discord's figures of today. */
export function drawnPlan(random: () => number): RateLimitPlan {
  const draw = (): Allowance => ({
    limit: 3 + Math.floor(random() * 6),
    windowMs: 1_500 + Math.floor(random() * 6_000),
  });
  return {
    ...DISCORD_PLAN,
    send: draw(),
    edit: draw(),
    sendAndEditShareName: random() < 0.5,
    webhookExecute: draw(),
    webhookEdit: draw(),
  };
}

/** Which of the plan's allowances a route counts against. */
export type LimitKind = 'send' | 'edit' | 'webhookExecute' | 'webhookEdit' | 'other' | 'none';

export interface LimitedRequest {
  kind: LimitKind;
  /** Method and path template. */
  route: string;
  /** The channel, guild or webhook that the allowance belongs to. */
  major: string;
  /** For webhook messages: the channel whose slow allowance counts too. */
  channel?: string | undefined;
  /** Interaction routes do not count toward the global limit. */
  countsGlobally: boolean;
}

export interface Verdict {
  headers: Record<string, string>;
  /** Set when the request is over a limit, in milliseconds. */
  retryAfter?: number;
  scope?: 'user' | 'global' | 'shared';
}

/** Past this many, buckets whose window is over are thrown away. */
const MANY_BUCKETS = 1_000;

interface Bucket {
  left: number;
  resetAt: number;
}

/** Discord's rate limits: one fixed window per bucket, told in every answer's headers. */
export class RateLimits {
  readonly plan: RateLimitPlan;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();
  readonly #global: SlidingCount;
  readonly #invalid: SlidingCount;
  readonly #enabled: boolean;

  constructor(clock: Clock, plan: RateLimitPlan | 'off') {
    this.#enabled = plan !== 'off';
    this.plan = plan === 'off' ? DISCORD_PLAN : plan;
    this.#clock = clock;
    this.#global = new SlidingCount(clock, this.plan.global.limit, this.plan.global.windowMs);
    this.#invalid = new SlidingCount(clock, this.plan.invalid.limit, this.plan.invalid.windowMs);
  }

  /** Counts a request that was answered with 401, 403 or 429. */
  countInvalid(): void {
    this.#invalid.take();
  }

  /** Whether so many requests were invalid that Discord would no longer listen. */
  get banned(): boolean {
    return this.#enabled && this.#invalid.remaining() === 0;
  }

  /** Takes one request off its allowances, or says how long to wait. */
  take(request: LimitedRequest): Verdict {
    if (!this.#enabled) return { headers: {} };
    if (request.countsGlobally && !this.#global.take()) {
      return { headers: {}, retryAfter: this.#global.resetAfter(), scope: 'global' };
    }
    if (request.kind === 'none') return { headers: {} };
    const now = this.#clock.now();
    const windows = this.#windowsOf(request).map(({ key, allowance }) => ({
      allowance,
      bucket: this.#bucket(key, allowance, now),
    }));
    const exhausted = windows.find(({ bucket }) => bucket.left === 0);
    if (!exhausted) for (const { bucket } of windows) bucket.left -= 1;
    // The window that is used up speaks; otherwise the first one, which is the route's own.
    const speaking = exhausted ?? windows.find(({ bucket }) => bucket.left === 0) ?? windows[0];
    if (!speaking) return { headers: {} };
    const { allowance, bucket } = speaking;
    const headers = {
      'x-ratelimit-limit': String(allowance.limit),
      'x-ratelimit-remaining': String(bucket.left),
      'x-ratelimit-reset': (bucket.resetAt / 1_000).toFixed(3),
      'x-ratelimit-reset-after': ((bucket.resetAt - now) / 1_000).toFixed(3),
      'x-ratelimit-bucket': this.#nameOf(request),
    };
    if (!exhausted) return { headers };
    return { headers, retryAfter: bucket.resetAt - now, scope: 'user' };
  }

  #windowsOf({
    kind,
    route,
    major,
    channel,
  }: LimitedRequest): { key: string; allowance: Allowance }[] {
    if (kind === 'none') return [];
    const own = {
      key: `${kind}:${kind === 'other' ? route : ''}:${major}`,
      allowance: this.plan[kind],
    };
    if (kind !== 'webhookExecute') return [own];
    return [own, { key: `slow:${channel ?? major}`, allowance: this.plan.webhookExecuteSlow }];
  }

  #bucket(key: string, { limit, windowMs }: Allowance, now: number): Bucket {
    const found = this.#buckets.get(key);
    if (found && found.resetAt > now) return found;
    // Every interaction brings buckets of its own: those that are over would pile up.
    if (this.#buckets.size >= MANY_BUCKETS) this.#sweep(now);
    const fresh = { left: limit, resetAt: now + windowMs };
    this.#buckets.set(key, fresh);
    return fresh;
  }

  #sweep(now: number): void {
    for (const [key, { resetAt }] of this.#buckets) if (resetAt <= now) this.#buckets.delete(key);
  }

  #nameOf({ kind, route }: LimitedRequest): string {
    const shared = this.plan.sendAndEditShareName && (kind === 'send' || kind === 'edit');
    const name = shared ? 'messages' : kind === 'other' ? route : kind;
    return createHash('md5').update(name).digest('hex');
  }
}
