import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Schema, Spec } from './spec.ts';
import { readableUnions } from './unions.ts';

/** What does not fit a schema: where, as a JSON pointer, and why. */
export interface Misfit {
  at: string;
  why: string;
}

const DOCUMENT = 'spec';

/** Asks whether a value fits a schema of the document. Each schema is compiled once. */
export class Validator {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #spec: Spec;

  constructor(spec: Spec) {
    this.#spec = spec;
    addFormats.default(this.#ajv);
    this.#ajv.addFormat('snowflake', /^\d{1,20}$/);
    this.#ajv.addFormat('nonce', /^.{0,25}$/s);
    this.#ajv.addSchema({ $id: DOCUMENT, ...(readableUnions(spec, spec.document) as object) });
  }

  misfits(schema: Schema, value: unknown): Misfit[] {
    const key = JSON.stringify(schema);
    let validate = this.#compiled.get(key);
    if (!validate) {
      const own = readableUnions(this.#spec, schema);
      const inDocument = JSON.parse(
        JSON.stringify(own, (name, part) => (name === '$ref' ? `${DOCUMENT}${part}` : part)),
      );
      validate = this.#ajv.compile(inDocument);
      this.#compiled.set(key, validate);
    }
    if (validate(value)) return [];
    // "must match else schema" only repeats that something inside did not fit.
    const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
    return errors.map((error) => ({ at: error.instancePath || '/', why: reason(error) }));
  }

  fits(schema: Schema, value: unknown): boolean {
    return this.misfits(schema, value).length === 0;
  }
}

const SHOWN = 60;

function reason({ keyword, message = keyword, params, data }: ErrorObject): string {
  if (keyword === 'required') return message;
  const allowed = keyword === 'enum' ? ` (${String(params.allowedValues).slice(0, SHOWN)})` : '';
  const shown = JSON.stringify(data) ?? String(data);
  return `${message}${allowed}: ${shown.length > SHOWN ? `${shown.slice(0, SHOWN)}…` : shown}`;
}
