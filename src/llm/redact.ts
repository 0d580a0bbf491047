export type Redact = (text: string) => string;

const hidden = '[hidden]';

/**
 * Makes a function that takes the key and the server's address out of a text.
 *
 * Error texts come from servers and sockets, which like to quote both ("Incorrect API key provided:
 * sk-12***9", "connect ECONNREFUSED 10.0.0.4:8080"); what looks like a key or an address goes too,
 * since a proxy may name another one than ours.
 */
export function redactor(secrets: { apiKey?: string | null; baseURL: string }): Redact {
  const literals = new Set<string>();
  const add = (text: string | null | undefined) => {
    if (text) literals.add(text);
  };
  // Local servers take any key; one as short as "x" is no secret, and would tear words apart.
  if (secrets.apiKey && secrets.apiKey.length > 3) {
    add(secrets.apiKey);
    add(encodeURIComponent(secrets.apiKey));
  }
  add(secrets.baseURL);
  const url = URL.parse(secrets.baseURL);
  add(url?.host);
  add(url?.hostname);
  add(url?.password);
  // The longest first, or a host would be cut out of the middle of its own address.
  const ordered = [...literals].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const literal of ordered) clean = clean.replaceAll(literal, hidden);
    return clean
      .replace(/\bhttps?:\/\/[^\s"'<>]+/gi, hidden)
      .replace(/\bBearer\s+[^\s"',]+/gi, hidden)
      .replace(/\b(?:sk|pk|gsk|xai|AIza)[-_][\w*.-]{4,}/g, hidden)
      .replace(/(api[ _-]?key provided:\s*)[^\s"',]+/gi, `$1${hidden}`)
      .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, hidden)
      .replace(/(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?::\d+)?/gi, hidden);
  };
}

/**
 * A copy of an error and of its causes without the key and the address, to be kept as a `cause`:
 * loggers print causes with their messages and stacks.
 */
export function redactError(error: unknown, redact: Redact, depth = 4): unknown {
  if (!(error instanceof Error)) return error === undefined ? undefined : redact(String(error));
  const copy: Error & { code?: unknown; status?: unknown } = new Error(redact(error.message));
  copy.name = error.name === 'Error' ? error.constructor.name : error.name;
  copy.stack = error.stack === undefined ? undefined : redact(error.stack);
  if ('code' in error && error.code != null) copy.code = redact(String(error.code));
  if ('status' in error && typeof error.status === 'number') copy.status = error.status;
  if (error.cause !== undefined && depth > 0)
    copy.cause = redactError(error.cause, redact, depth - 1);
  return copy;
}
