import type { Random } from './random.ts';
import type { Schema, Spec } from './spec.ts';
import type { Validator } from './validator.ts';

/** A body with exactly one field made wrong. */
export interface Spoiled {
  body: unknown;
  /** Where, as a JSON pointer. */
  at: string;
  fault: string;
}

interface Fault {
  path: (string | number)[];
  fault: string;
  /** Undefined takes the field away. */
  value: unknown;
}

/** Makes one field of a fitting body wrong; undefined where nothing of it can be. */
export function spoil(
  { spec, validator, random }: { spec: Spec; validator: Validator; random: Random },
  schema: Schema,
  body: unknown,
): Spoiled | undefined {
  const faults = faultsOf(schema, body, []);
  while (faults.length > 0) {
    const [chosen] = faults.splice(random.whole(0, faults.length - 1), 1);
    if (!chosen) break;
    const wrong = replaced(body, chosen.path, chosen.value);
    // A wrong value may be right by another alternative of a union.
    if (validator.fits(schema, wrong)) continue;
    return { body: wrong, at: `/${chosen.path.join('/')}`, fault: chosen.fault };
  }
  return undefined;

  function faultsOf(given: Schema, value: unknown, path: Fault['path']): Fault[] {
    const resolved = spec.resolve(given);
    const alternatives = resolved.oneOf ?? resolved.anyOf;
    const wrong = (fault: string, value: unknown): Fault => ({ path, fault, value });
    const here = [wrong('wrong type', otherType(value))];
    if (value !== null && path.length > 0) here.push(wrong('null', null));
    if (resolved.enum || alternatives?.every((each) => each.const !== undefined)) {
      return [
        ...here,
        wrong('not a choice', typeof value === 'string' ? 'no such choice' : 987_654),
      ];
    }
    const meant = alternatives?.find((each) => validator.fits(each, value));
    if (alternatives) return meant ? faultsOf(meant, value, path) : here;
    const { minimum, maximum, minLength, maxLength, minItems, maxItems, format } = resolved;
    if (typeof value === 'number') {
      if (minimum !== undefined) here.push(wrong('too small', minimum - 1));
      if (maximum !== undefined) here.push(wrong('too big', maximum + 1));
      if ([resolved.type].flat().includes('integer')) here.push(wrong('not whole', value + 0.5));
    }
    if (typeof value === 'string') {
      if (minLength) here.push(wrong('too short', 'x'.repeat(minLength - 1)));
      if (maxLength !== undefined && maxLength <= 10_000) {
        here.push(wrong('too long', 'x'.repeat(maxLength + 1)));
      }
      if (format) here.push(wrong('not of its format', 'not of its format'));
    }
    if (Array.isArray(value)) {
      const { items = {} } = resolved;
      if (minItems) here.push(wrong('too few', value.slice(0, minItems - 1)));
      if (maxItems !== undefined && maxItems <= 200 && value.length > 0) {
        const many = Array.from(
          { length: maxItems + 1 },
          (_, index) => value[index % value.length],
        );
        here.push(wrong('too many', many));
      }
      if (resolved.uniqueItems && value.length > 0) here.push(wrong('twice', [...value, value[0]]));
      return [...here, ...value.flatMap((each, index) => faultsOf(items, each, [...path, index]))];
    }
    if (typeof value !== 'object' || value === null) return here;
    const missing = (resolved.required ?? []).map(
      (name): Fault => ({ path: [...path, name], fault: 'missing', value: undefined }),
    );
    const inside = Object.entries(value).flatMap(([name, each]) => {
      const inner = resolved.properties?.[name] ?? resolved.additionalProperties;
      return typeof inner === 'object' ? faultsOf(inner, each, [...path, name]) : [];
    });
    return [...here, ...missing, ...inside];
  }
}

function otherType(value: unknown): unknown {
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'number' || typeof value === 'boolean') return 'neither number nor truth';
  return 'a text where none belongs';
}

function replaced(whole: unknown, [key, ...rest]: (string | number)[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(whole)) {
    return whole.map((each, index) => (index === key ? replaced(each, rest, value) : each));
  }
  const copy: Record<string, unknown> = { ...(whole as object) };
  const inner = replaced(copy[key], rest, value);
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy;
}
