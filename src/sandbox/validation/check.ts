import type { z } from 'zod';
import { type FieldError, invalidForm } from '../discordError.ts';

/** Reads a body by its schema. @throws 50035 with every problem at its path */
export function check<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  throw invalidForm(result.error.issues.flatMap(fieldsOf));
}

/** A rule of our own inside a schema: `code` is Discord's, `path` where it complains. */
export function complain(
  context: z.RefinementCtx,
  path: (string | number)[],
  code: string,
  message: string,
): void {
  context.addIssue({ code: 'custom', path, message, params: { discord: code } });
}

type Issue = z.core.$ZodIssue;

function fieldsOf(issue: Issue): FieldError[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  // A union that has no discriminator: what the first alternative says is as good as any.
  if (issue.code === 'invalid_union') {
    const [first] = issue.errors;
    if (first?.length) {
      return first.flatMap((inner) => fieldsOf({ ...inner, path: [...issue.path, ...inner.path] }));
    }
    return [{ path, code: 'BASE_TYPE_CHOICES', message: 'Value is not one of the choices.' }];
  }
  return [{ path, ...describe(issue) }];
}

function describe(issue: Issue): { code: string; message: string } {
  switch (issue.code) {
    case 'custom':
      return { code: String(issue.params?.discord ?? 'BASE_TYPE_INVALID'), message: issue.message };
    case 'too_big':
      return tooBig(issue);
    case 'too_small':
      return tooSmall(issue);
    case 'invalid_type':
      return wrongType(issue.expected, issue.input);
    case 'invalid_value':
      if (issue.input === undefined) return wrongType('string', undefined);
      return {
        code: 'BASE_TYPE_CHOICES',
        message: `Value must be one of {${issue.values.join(', ')}}.`,
      };
    case 'invalid_format':
      return {
        code: 'STRING_TYPE_REGEX',
        message: `String value did not match validation regex.`,
      };
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message };
  }
}

function tooBig({ origin, maximum }: z.core.$ZodIssueTooBig) {
  if (origin === 'string' || origin === 'array') {
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` };
  }
  return {
    code: 'NUMBER_TYPE_MAX',
    message: `int value should be less than or equal to ${maximum}.`,
  };
}

function tooSmall({ origin, minimum, input }: z.core.$ZodIssueTooSmall) {
  if (origin === 'string' && input === '') {
    return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  }
  if (origin === 'string' || origin === 'array') {
    return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${minimum} or more in length.` };
  }
  return {
    code: 'NUMBER_TYPE_MIN',
    message: `int value should be greater than or equal to ${minimum}.`,
  };
}

function wrongType(expected: string, input: unknown) {
  if (input === undefined || input === null) {
    return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  }
  const shown = JSON.stringify(input) ?? String(input);
  switch (expected) {
    case 'string':
      return { code: 'STRING_TYPE_CONVERT', message: `Could not interpret ${shown} as string.` };
    case 'number':
    case 'int':
      return { code: 'NUMBER_TYPE_COERCE', message: `Value ${shown} is not int.` };
    case 'boolean':
      return { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' };
    case 'array':
      return { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' };
    default:
      return {
        code: 'MODEL_TYPE_CONVERT',
        message: 'Only dictionaries may be used in a ModelType',
      };
  }
}
