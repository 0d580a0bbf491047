import type { AnswerFormat, ModelRequest } from '../app/ports/model.ts';
import { offlineDigest } from './offlineDigest.ts';
import { offlineKickoff } from './offlineKickoff.ts';
import { readMaterial } from './offlineReading.ts';
import { offlineSummary } from './offlineSummary.ts';

type Schema = AnswerFormat['schema'];

/** The offline model's answer to a request that binds it to a shape: by rules, and of just that shape. */
export function fillForm(request: ModelRequest, { name, schema }: AnswerFormat): string {
  const material = readMaterial(request);
  const found =
    name === 'kickoff'
      ? offlineKickoff(material)
      : name === 'digest'
        ? offlineDigest(material)
        : name.endsWith('summary')
          ? offlineSummary(material)
          : {};
  return JSON.stringify(shaped(found, schema));
}

/** A value with just the fields that a schema names; what is missing, or another type, is empty. */
function shaped(value: unknown, schema: Schema): unknown {
  const either = schema.anyOf as readonly Schema[] | undefined;
  if (either !== undefined) {
    const [kind] = either.filter(({ type }) => type !== 'null');
    return value === null || value === undefined || kind === undefined ? null : shaped(value, kind);
  }
  const types: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes('null') && (value === null || value === undefined)) return null;
  if (types.includes('object')) {
    const fields = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
    const given = (typeof value === 'object' ? value : null) as Record<string, unknown> | null;
    return Object.fromEntries(fields.map(([name, field]) => [name, shaped(given?.[name], field)]));
  }
  if (types.includes('array')) {
    return Array.isArray(value) ? value.map((each) => shaped(each, schema.items as Schema)) : [];
  }
  if (types.includes('number') || types.includes('integer')) return Number(value ?? 0);
  if (types.includes('boolean')) return Boolean(value);
  const options = schema.enum as readonly string[] | undefined;
  if (options !== undefined) return options.find((each) => each === value) ?? options[0];
  return typeof value === 'string' ? value : '';
}
