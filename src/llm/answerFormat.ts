import { z } from 'zod';
import type { Parts } from '../app/classifier.ts';
import type { AnswerFormat } from '../app/ports/model.ts';

/** Keywords that strict schemas of providers do not take; the parts are checked here anyway. */
const checkedHere = new Set(
  '$schema default minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems'.split(
    ' ',
  ),
);

/** The shape of an answer with these parts, as strict schemas want it: every field named and required. */
export const schemaOf = (parts: Parts): AnswerFormat['schema'] =>
  strict(
    z.toJSONSchema(
      z.object(
        Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.schema])),
      ),
    ),
  ) as AnswerFormat['schema'];

/** What to try after a way of binding did not work. */
export function nextWay(by: AnswerFormat['by']): AnswerFormat['by'] {
  return by === 'json_schema' ? 'json_object' : 'prompt';
}

function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (key === 'properties') {
        const fields = Object.entries(value as object);
        return [[key, Object.fromEntries(fields.map(([name, inner]) => [name, strict(inner)]))]];
      }
      return checkedHere.has(key) ? [] : [[key, strict(value)]];
    }),
  );
}
