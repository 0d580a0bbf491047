import { pino } from 'pino';
import pretty from 'pino-pretty';
import type { Log } from '../app/ports/log.ts';

/** JSON lines, or lines for people where a person is watching. Secrets have no place in either. */
export function createLog(level: string, watched: boolean): Log {
  const options = { level, redact: { paths: SECRET, censor: '[secret]' } };
  return watched
    ? pino(
        options,
        pretty({
          colorize: true,
          ignore: 'pid,hostname',
          translateTime: 'SYS:HH:MM:ss',
          sync: true,
        }),
      )
    : pino(options);
}

/** Where errors of discord.js carry the request that failed, whose address holds a webhook's token. */
const SECRET = ['err.url', 'err.requestBody', 'err.rawError', 'err.cause.url', 'url', 'token'];
