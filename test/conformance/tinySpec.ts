import { type Schema, Spec } from './spec.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const schemas: Record<string, Schema> = {
  Snowflake: { type: 'string', pattern: '^(0|[1-9][0-9]*)$', format: 'snowflake' },
  Lamp: {
    type: 'object',
    properties: {
      type: { type: 'integer', enum: [1] },
      colour: { type: 'string', enum: ['red', 'green'] },
    },
    required: ['type', 'colour'],
  },
  Bell: {
    type: 'object',
    properties: {
      type: { type: 'integer', enum: [2] },
      tune: { type: ['string', 'null'], minLength: 2, maxLength: 8 },
      loudness: { type: 'integer', minimum: 0, maximum: 11 },
    },
    required: ['type', 'loudness'],
  },
  Room: {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 20 },
      owner: { oneOf: [{ type: 'null' }, ref('Snowflake')] },
      things: {
        type: 'array',
        items: { oneOf: [ref('Lamp'), ref('Bell')] },
        minItems: 1,
        maxItems: 3,
      },
      since: { type: 'string', format: 'date-time' },
      tags: { type: 'array', items: { type: 'integer' }, maxItems: 5, uniqueItems: true },
    },
    required: ['name', 'things'],
  },
  Problem: {
    type: 'object',
    properties: { code: { type: 'integer' }, message: { type: 'string' } },
    required: ['code', 'message'],
  },
};

const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });

/** A document of one small house, for tests of what reads such documents. */
export const tinySpec = new Spec({
  paths: {
    '/rooms/{room_id}': {
      parameters: [
        { name: 'room_id', in: 'path', required: true, schema: ref('Snowflake') as Schema },
      ],
      put: {
        parameters: [{ name: 'loud', in: 'query', schema: { type: 'boolean' } }],
        requestBody: { ...json(ref('Room')), required: true },
        responses: {
          '200': {
            ...json(ref('Room')),
            headers: { 'X-RateLimit-Remaining': { schema: { type: 'integer' } } },
          },
          '4XX': json(ref('Problem')),
        },
      },
      delete: { responses: { '204': {} } },
    } as never,
    '/rooms/@me': {
      get: { responses: { '200': json(ref('Room')) } },
      patch: {
        requestBody: json({
          anyOf: [
            { type: 'object', properties: { name: { type: 'string' }, loud: { type: 'boolean' } } },
            { type: 'object', properties: { name: { type: 'string' } } },
          ],
        }),
        responses: { '204': {} },
      },
    } as never,
  },
  components: { schemas },
} as ConstructorParameters<typeof Spec>[0]);

export const roomSchema: Schema = ref('Room');
