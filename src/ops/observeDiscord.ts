import type { Exposition } from './exposition.ts';

/** What a request is for: words of a reply that are sent or edited, or anything else. */
export type RequestUse = 'reply_send' | 'reply_edit' | 'other';

export interface Request {
  readonly method: string;
  /** Null where no answer came. */
  readonly status: number | null;
}

/** Counts what is asked of Discord. @returns what is to be told of each request. */
export function observeDiscord(
  exposition: Exposition,
  isConnected: () => boolean,
): (use: RequestUse) => (request: Request) => void {
  const requests = exposition.counter(
    'troupe_discord_requests_total',
    'Requests to Discord by what for (reply_send and reply_edit, live panels included; other), method and status; "none" where no answer came.',
    ['use', 'method', 'status'],
  );
  const edits = exposition.counter(
    'troupe_discord_edits_total',
    'Edits of replies and live panels that Discord took.',
  );
  const limited = exposition.counter(
    'troupe_discord_rate_limited_total',
    'Answers of Discord with status 429.',
  );
  exposition.read('troupe_discord_up', 'Whether the gateway is connected.', () => [
    { value: isConnected() ? 1 : 0 },
  ]);
  return (use) =>
    ({ method, status }) => {
      requests.add({ use, method, status: status === null ? 'none' : String(status) });
      if (status === 429) limited.add();
      if (use === 'reply_edit' && status === 200) edits.add();
    };
}
