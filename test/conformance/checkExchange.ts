import type { Exchange } from '../../src/sandbox/index.ts';
import type { FoundOperation, Parameter, Schema, Spec } from './spec.ts';
import type { Misfit, Validator } from './validator.ts';

export interface Problem extends Misfit {
  side: 'request' | 'response' | 'route';
  /** As the document writes it, or as it was sent where the document has none. */
  route: string;
}

/** Everything about one request and its answer that the document does not allow. */
export function checkExchange(spec: Spec, validator: Validator, exchange: Exchange): Problem[] {
  const found = spec.find(exchange.method, exchange.path);
  if (!found) {
    const route = `${exchange.method} ${exchange.route ?? exchange.path}`;
    return [{ side: 'route', route, at: '/', why: 'the specification knows no such route' }];
  }
  const { route } = found;
  return [
    ...parameterMisfits(validator, found, exchange).map(request),
    ...bodyMisfits(spec, validator, found, exchange).map(request),
    ...answerMisfits(spec, validator, found, exchange).map(
      (each): Problem => ({ side: 'response', route, ...each }),
    ),
  ];

  function request(misfit: Misfit): Problem {
    return { side: 'request', route, ...misfit };
  }
}

function parameterMisfits(validator: Validator, found: FoundOperation, { query }: Exchange) {
  const known = (place: string) => found.parameters.filter((each) => each.in === place);
  const check = (place: string, values: Record<string, string>): Misfit[] => [
    ...known(place).flatMap((parameter) => {
      const value = values[parameter.name];
      const at = `${place} ${parameter.name}`;
      if (value === undefined) return parameter.required ? [{ at, why: 'is required' }] : [];
      return misfitsOf(validator, parameter, value).map(({ why }) => ({ at, why }));
    }),
    ...Object.keys(values)
      .filter((name) => !known(place).some((parameter) => parameter.name === name))
      .map((name) => ({
        at: `${place} ${name}`,
        why: 'the specification knows no such parameter',
      })),
  ];
  return [...check('path', found.params), ...check('query', query)];
}

/** A parameter or header fits as the text that it is, or as what the text says. */
function misfitsOf(validator: Validator, { schema }: Pick<Parameter, 'schema'>, text: string) {
  const asText = validator.misfits(schema, text);
  if (asText.length === 0 || !/^(-?\d+(\.\d+)?|true|false)$/.test(text)) return asText;
  return validator.misfits(schema, JSON.parse(text));
}

function bodyMisfits(
  spec: Spec,
  validator: Validator,
  found: FoundOperation,
  exchange: Exchange,
): Misfit[] {
  const { contentType, body } = exchange;
  const { requestBody } = found.operation;
  if (contentType === null) {
    return requestBody?.required ? [{ at: '/', why: 'a body is required' }] : [];
  }
  if (!requestBody) return [{ at: '/', why: 'the specification knows no body here' }];
  // A limit or a fault answered before the body was read.
  if (body === undefined) return [];
  const kind = contentType.split(';')[0] ?? '';
  if (!requestBody.content?.[kind]) {
    return [{ at: '/', why: `the specification knows no ${kind} here` }];
  }
  // A multipart body is the JSON one with files beside it.
  const schema = requestBody.content['application/json']?.schema ?? {};
  return validator.misfits(meant(spec, schema, body), body);
}

/**
 * Of a body that may be one of several, those that know most of its fields: the others would let
 * through whatever they do not know.
 */
function meant(spec: Spec, schema: Schema, body: unknown): Schema {
  const { anyOf } = schema;
  if (!anyOf) return schema;
  const known = anyOf.map((each) => {
    const { properties = {} } = spec.resolve(each);
    return Object.keys(body as object).filter((name) => name in properties).length;
  });
  return { anyOf: anyOf.filter((_, index) => known[index] === Math.max(...known)) };
}

function answerMisfits(
  spec: Spec,
  validator: Validator,
  { operation }: FoundOperation,
  { status, headers, answer, injected }: Exchange,
): Misfit[] {
  if (injected) return [];
  const described =
    operation.responses[status] ?? operation.responses[`${String(status)[0]}XX`] ?? undefined;
  if (!described) return [{ at: '/', why: `the specification knows no status ${status} here` }];
  const { content, headers: known = {} } = spec.resolve(described);
  const schema: Schema | undefined = content?.['application/json']?.schema;
  const misfits = Object.entries(known).flatMap(([name, header]) => {
    const value = headers[name.toLowerCase()];
    const described = spec.resolve(header).schema;
    if (value === undefined || !described) return [];
    const found = misfitsOf(validator, { schema: described }, value);
    return found.map(({ why }) => ({ at: `header ${name}`, why }));
  });
  if (schema && answer === undefined) misfits.push({ at: '/', why: 'a body is expected' });
  if (!schema && answer !== undefined) misfits.push({ at: '/', why: 'no body is expected' });
  return schema && answer !== undefined
    ? [...misfits, ...validator.misfits(schema, answer)]
    : misfits;
}
