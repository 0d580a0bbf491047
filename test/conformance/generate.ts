import type { Random } from './random.ts';
import type { Schema, Spec } from './spec.ts';

/** A hint that the field is there, with whatever its schema makes. */
export const PRESENT = Symbol('present');

/**
 * Values by place, such as `/data/flags` or `/[]/type`, where any would do for the schema alone. A place
 * with a hint is always there; an undefined value leaves it to the schema.
 */
export type Hints = Readonly<Record<string, (random: Random) => unknown>>;

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const ODD = [...'AZ0-_ .é漢ß"\\<@&>{}\n'];

/** A value that fits a schema of the document. `density` is how many optional fields are there. */
export class Generator {
  readonly #spec: Spec;
  readonly #random: Random;
  readonly #hints: Hints;
  readonly #density: number;

  constructor(spec: Spec, random: Random, hints: Hints = {}) {
    this.#spec = spec;
    this.#random = random;
    this.#hints = hints;
    this.#density = random.pick([0.05, 0.15, 0.3, 0.7]);
  }

  value(given: Schema, at = ''): unknown {
    const random = this.#random;
    const schema = this.#spec.resolve(given);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return random.pick(schema.enum);
    const alternatives = schema.oneOf ?? schema.anyOf;
    if (alternatives) return this.value(random.pick(this.#seldomNull(alternatives)), at);
    if (schema.allOf) {
      return Object.assign({}, ...schema.allOf.map((each) => this.value(each, at)));
    }
    const types = [schema.type ?? 'object'].flat();
    switch (random.pick(types.length > 1 && random.chance(0.9) ? notNull(types) : types)) {
      case 'object':
        return this.#object(schema, at);
      case 'array':
        return this.#array(schema, at);
      case 'string':
        return this.#string(schema);
      case 'integer':
        return this.#whole(schema);
      case 'number':
        return this.#whole(schema) + (schema.maximum === undefined ? random.pick([0, 0.5]) : 0);
      case 'boolean':
        return random.chance(0.5);
      default:
        return null;
    }
  }

  #seldomNull(alternatives: readonly Schema[]): readonly Schema[] {
    const others = alternatives.filter(({ type }) => type !== 'null');
    return this.#random.chance(0.9) && others.length > 0 ? others : alternatives;
  }

  #object(schema: Schema, at: string) {
    const { properties = {}, required = [], additionalProperties, maxProperties = 2 } = schema;
    const made: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(properties)) {
      const place = `${at}/${name}`;
      const hinted = this.#hints[place]?.(this.#random);
      const leadsToHint = Object.keys(this.#hints).some((key) => key.startsWith(`${place}/`));
      const there = required.includes(name) || leadsToHint || hinted === PRESENT;
      if (hinted !== undefined && hinted !== PRESENT) made[name] = hinted;
      else if (there || this.#random.chance(this.#density)) made[name] = this.value(inner, place);
    }
    if (typeof additionalProperties !== 'object') return made;
    for (let left = this.#random.whole(0, Math.min(2, maxProperties)); left > 0; left -= 1) {
      made[this.#random.pick(['de', 'fr', 'en-GB', 'ja'])] = this.value(additionalProperties);
    }
    return made;
  }

  #array(schema: Schema, at: string): unknown[] {
    const { items = {}, minItems = 0, maxItems = 1_000, uniqueItems } = schema;
    const most = this.#random.chance(0.03) && maxItems <= 25 ? maxItems : minItems + 2;
    const length = this.#random.whole(minItems, Math.min(most, maxItems));
    const made: unknown[] = [];
    // Some sets are smaller than what is asked for; then fewer must do.
    for (let tries = 0; made.length < length && tries < length * 20; tries += 1) {
      const value = this.value(items, `${at}/[]`);
      const known =
        uniqueItems && made.some((each) => JSON.stringify(each) === JSON.stringify(value));
      if (!known) made.push(value);
    }
    return made;
  }

  #string({ format, pattern, contentEncoding, minLength = 0, maxLength = 20 }: Schema): string {
    const random = this.#random;
    if (contentEncoding === 'base64') return PIXEL;
    if (format === 'date-time')
      return new Date(random.whole(0, 4_000_000_000) * 1_000).toISOString();
    if (format === 'uri') return `https://example.com/${random.whole(0, 1e6)}`;
    if (format === 'snowflake' || pattern !== undefined) {
      return String(random.whole(1_000_000, 2_000_000)) + String(random.whole(1e11, 9e11));
    }
    const most = random.chance(0.05) ? maxLength : Math.min(maxLength, minLength + 12);
    return this.#letters(random.whole(Math.min(most, Math.max(minLength, 1)), most));
  }

  #letters(length: number): string {
    const from = this.#random.chance(0.1) ? [...LETTERS, ...ODD] : LETTERS;
    return Array.from({ length }, () => this.#random.pick(from)).join('');
  }

  #whole({ minimum = 0, maximum = minimum + 1_000 }: Schema): number {
    const random = this.#random;
    if (random.chance(0.1)) return random.pick([minimum, maximum]);
    return random.whole(minimum, Math.min(maximum, minimum + 1_000));
  }
}

function notNull(types: readonly string[]): readonly string[] {
  return types.filter((type) => type !== 'null');
}
