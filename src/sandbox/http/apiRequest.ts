import type { Discord } from '../discord.ts';
import { invalidField, refuse } from '../discordError.ts';
import type { LimitKind } from '../rateLimits.ts';
import { isSnowflake } from '../snowflake.ts';

/** A file of a multipart body: `files[index]`. */
export interface UploadedFile {
  index: number;
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** A request on its way through a route. */
export interface ApiRequest {
  method: string;
  path: string;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  files: UploadedFile[];
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `:name` stands for an id, or for any text when the name is one of TEXT_PARAMS. */
  path: string;
  /** Whether the application's token is needed; a webhook's or interaction's token speaks for itself. */
  open?: boolean;
  limit?: LimitKind;
  /** What to answer with: nothing is a 204, a `Reply` sets its own status. */
  handle: (discord: Discord, request: ApiRequest) => object | undefined;
}

/** An answer other than 200 with a body or 204 without. */
export class Reply {
  readonly status: number;
  readonly body: object;

  constructor(status: number, body: object) {
    this.status = status;
    this.body = body;
  }
}

const TEXT_PARAMS = ['token', 'emoji'];

/** A path parameter. */
export function param(request: ApiRequest, name: string): string {
  const value = request.params[name];
  if (value === undefined) throw new Error(`the route has no parameter ${name}`);
  return value;
}

/** @throws 50035 when a parameter that must be an id is not one */
export function checkParams(params: Record<string, string>): void {
  for (const [name, value] of Object.entries(params)) {
    if (TEXT_PARAMS.includes(name) || isSnowflake(value) || value.startsWith('@')) continue;
    throw invalidField(
      [`${name}_id`],
      'NUMBER_TYPE_COERCE',
      `Value ${JSON.stringify(value)} is not snowflake.`,
    );
  }
}

/** A number from the query, within its range. */
export function queryNumber(
  request: ApiRequest,
  name: string,
  { min, max, fallback }: { min: number; max: number; fallback: number },
): number {
  const text = request.query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value)) {
    throw invalidField([name], 'NUMBER_TYPE_COERCE', `Value ${JSON.stringify(text)} is not int.`);
  }
  if (value < min) {
    throw invalidField(
      [name],
      'NUMBER_TYPE_MIN',
      `int value should be greater than or equal to ${min}.`,
    );
  }
  if (value > max) {
    throw invalidField(
      [name],
      'NUMBER_TYPE_MAX',
      `int value should be less than or equal to ${max}.`,
    );
  }
  return value;
}

/** An id from the query. */
export function querySnowflake(request: ApiRequest, name: string): string | undefined {
  const text = request.query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) {
    throw invalidField(
      [name],
      'NUMBER_TYPE_COERCE',
      `Value ${JSON.stringify(text)} is not snowflake.`,
    );
  }
  return text;
}

export function isTrue(text: string | null): boolean {
  return text === 'true' || text === '1';
}

/** @throws 405 or 404 the way Discord does for routes that are not there */
export function noRoute(pathExists: boolean): never {
  throw refuse(pathExists ? 'methodNotAllowed' : 'notFound');
}
