import { type DestinationStream, pino, stdSerializers } from 'pino';
import pretty from 'pino-pretty';
import type { Log } from '../app/ports/log.ts';
import { turnNow } from './turnScope.ts';

/**
 * JSON lines, or lines for people where a person is watching. Each says which turn it belongs to, by the
 * turn's node. Secrets and what was said have no place in either.
 * @param to where the JSON lines go; the standard output, unless it is said.
 */
export function createLog(level: string, watched: boolean, to?: DestinationStream): Log {
  const options = {
    level,
    redact: { paths: SECRET, censor: '[secret]' },
    serializers: { err: errorFields },
    mixin: (fields: object) => {
      const turn = 'node' in fields ? fields.node : turnNow();
      return turn === undefined || turn === null ? {} : { turn };
    },
  };
  if (!watched) return to === undefined ? pino(options) : pino(options, to);
  return pino(
    options,
    pretty({
      colorize: true,
      ignore: 'pid,hostname',
      translateTime: 'SYS:HH:MM:ss',
      sync: true,
    }),
  );
}

/** Where errors of discord.js carry the request that failed, whose address holds a webhook's token. */
const SECRET = ['err.url', 'err.requestBody', 'err.rawError', 'err.cause.url', 'url', 'token'];

/** Node quotes what it could not parse, which may be anybody's words. */
const errorFields = (error: Error): object =>
  error instanceof SyntaxError
    ? { type: error.name, message: 'a text could not be parsed', stack: placesOf(error) }
    : stdSerializers.err(error);

/** Where it happened, without what was said. */
const placesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
