import { readFileSync } from 'node:fs';

/** A part of a JSON Schema, as far as the generator and the rewriting look into it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  maxProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  contentEncoding?: string;
  minimum?: number;
  maximum?: number;
  [keyword: string]: unknown;
}

interface Content {
  content?: Record<string, { schema: Schema }>;
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema: Schema;
}

export interface ResponseSpec extends Content {
  $ref?: string;
  headers?: Record<string, { $ref?: string; schema?: Schema }>;
}

export interface Operation {
  parameters?: Parameter[];
  requestBody?: Content & { required?: boolean };
  responses: Record<string, ResponseSpec>;
}

type PathItem = { parameters?: Parameter[] } & Record<string, Operation>;

/** What is wrong with the file that was named, in one line for the person who named it. */
export class SpecProblem extends Error {}

export interface FoundOperation {
  /** As the document writes it: `GET /channels/{channel_id}`. */
  route: string;
  operation: Operation;
  parameters: Parameter[];
  /** The path's parameters as they were sent, decoded. */
  params: Record<string, string>;
}

/** An OpenAPI 3.1 document: whole, with `$ref`s inside it only. */
export class Spec {
  readonly document: object;
  readonly #paths: { path: string; segments: string[]; item: PathItem }[];

  constructor(document: { paths: Record<string, PathItem> }) {
    this.document = document;
    this.#paths = Object.entries(document.paths)
      .map(([path, item]) => ({ path, segments: path.split('/'), item }))
      .sort((a, b) => variables(a.segments) - variables(b.segments));
  }

  /** @throws SpecProblem when there is no such file, or none of this kind */
  static read(file: string): Spec {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      throw new SpecProblem(`--spec ${file}: ${(error as NodeJS.ErrnoException).code ?? error}`);
    }
    let document: { paths?: Record<string, PathItem> };
    try {
      document = JSON.parse(text);
    } catch {
      throw new SpecProblem(`--spec ${file}: not JSON`);
    }
    if (typeof document?.paths !== 'object') {
      throw new SpecProblem(`--spec ${file}: not an OpenAPI document, it has no "paths"`);
    }
    return new Spec({ ...document, paths: document.paths });
  }

  /** The operation that a request is; fixed segments win over variables, as on the server. */
  find(method: string, path: string): FoundOperation | undefined {
    const given = path.split('/').map(decoded);
    for (const { path: template, segments, item } of this.#paths) {
      const operation = item[method.toLowerCase()];
      const params = operation && match(segments, given);
      if (!params) continue;
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      return {
        route: `${method} ${template}`,
        operation,
        parameters: parameters.map((each) => this.resolve(each)),
        params,
      };
    }
    return undefined;
  }

  /** What a `$ref` stands for; anything else is itself. */
  resolve<T extends { $ref?: string }>(part: T): T {
    if (part.$ref === undefined) return part;
    let at: unknown = this.document;
    for (const key of part.$ref.slice(2).split('/')) {
      at = (at as Record<string, unknown>)[key.replaceAll('~1', '/').replaceAll('~0', '~')];
    }
    if (at === undefined) throw new SpecProblem(`the document has no ${part.$ref}`);
    return this.resolve(at as T);
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function variables(segments: readonly string[]): number {
  return segments.filter((segment) => segment.startsWith('{')).length;
}

function match(segments: readonly string[], given: readonly string[]) {
  if (segments.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith('{')) params[segment.slice(1, -1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}
