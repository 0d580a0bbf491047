import type { Schema, Spec } from './spec.ts';

const isNull = (schema: Schema) => schema.type === 'null';

/**
 * A copy of a schema, its unions written as if/then.
 *
 * A failing `oneOf` complains about every alternative at once: fifty lines for one wrong button. Where
 * the alternatives tell themselves apart by `type`, only the one that is meant is asked.
 */
export function readableUnions(spec: Spec, schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((each) => readableUnions(spec, each));
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, readableUnions(spec, value)]),
  ) as Schema;
  for (const keyword of ['oneOf', 'anyOf'] as const) {
    const alternatives = copy[keyword];
    if (!Array.isArray(alternatives)) continue;
    const rewritten = rewrite(spec, alternatives);
    if (!rewritten) continue;
    delete copy[keyword];
    copy.allOf = [...(copy.allOf ?? []), rewritten];
  }
  return copy;
}

function rewrite(spec: Spec, alternatives: readonly Schema[]): Schema | undefined {
  const others = alternatives.filter((each) => !isNull(each));
  const [only] = others;
  const union = others.length === 1 ? only : byType(spec, others);
  if (!union || (union === only && others.length === alternatives.length)) return undefined;
  return others.length === alternatives.length ? union : { if: { type: 'null' }, else: union };
}

/** Undefined unless every alternative has types of its own. */
function byType(spec: Spec, alternatives: readonly Schema[]): Schema | undefined {
  const types = alternatives.map((each) => typesOf(spec, each));
  const all = types.flat();
  if (types.some((own) => own.length === 0) || new Set(all).size !== all.length) return undefined;
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: all } },
    allOf: alternatives.map((each, index) => ({
      if: { required: ['type'], properties: { type: { enum: types[index] ?? [] } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: each,
    })),
  };
}

function typesOf(spec: Spec, alternative: Schema): unknown[] {
  const { properties, required } = spec.resolve(alternative);
  const type = properties?.type;
  return required?.includes('type') && type ? (type.enum ?? []) : [];
}
