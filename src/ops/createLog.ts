import { type DestinationStream, pino, stdSerializers } from 'pino';
import pretty from 'pino-pretty';
import type { Log } from '../app/ports/log.ts';
import { ModelError } from '../app/ports/model.ts';
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
    // It is the turn, and said once.
    formatters: { log: ({ node: _, ...fields }: Record<string, unknown>) => fields },
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

/**
 * Node quotes what it could not parse, which may be anybody's words. A model that fails is no fault of the
 * program's: where in it that was noticed tells an owner nothing.
 */
function errorFields(error: Error): object {
  if (error instanceof ModelError) {
    return { type: error.name, failure: error.failure, message: error.message };
  }
  if (!(error instanceof SyntaxError)) return stdSerializers.err(error);
  return { type: error.name, message: 'a text could not be parsed', stack: placesOf(error) };
}

/** Where it happened, without what was said. */
const placesOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
