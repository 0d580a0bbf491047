import { laxer, stricter } from './fuzzRules.ts';
import type { Spoiled } from './spoil.ts';

export interface Verdict {
  kind: 'taken' | 'refused' | 'wrongRefused' | 'wrongTaken';
  /** Empty when the sandbox and the document agree, or when a rule says why they do not. */
  problems: string[];
  answer: string;
}

/** Holds an answer against what the document says of the body: fitting, or spoiled in one field. */
export function judge(
  target: string,
  { status, body }: { status: number; body: unknown },
  spoiled: Spoiled | undefined,
): Verdict {
  const answer = `${status} ${JSON.stringify(body)}`;
  const taken = status < 300;
  const kind = spoiled ? (taken ? 'wrongTaken' : 'wrongRefused') : taken ? 'taken' : 'refused';
  if (status >= 500) return { kind, answer, problems: [`answers ${status}`] };
  if (kind === 'refused') {
    const problems = refusals(body)
      .filter(({ code, at }) => !isStricter(target, code, at))
      .map(({ code, at }) => `refuses what fits, ${code} at ${general(at)}`);
    return { kind, answer, problems };
  }
  if (spoiled && taken && !isLaxer(target, spoiled)) {
    const { at, fault } = spoiled;
    return { kind, answer, problems: [`takes what does not fit, ${general(at)} is ${fault}`] };
  }
  return { kind, answer, problems: [] };
}

interface Refused {
  code: number | string;
  at: string;
}

/** What an error says: of each field, or of the whole. */
function refusals(body: unknown): Refused[] {
  const { code = 0, errors } = (body ?? {}) as { code?: number; errors?: object };
  return errors === undefined ? [{ code, at: '/' }] : fields(errors, '');
}

function fields(errors: object, at: string): Refused[] {
  return Object.entries(errors).flatMap(([key, value]) =>
    key === '_errors'
      ? (value as { code: string }[]).map(({ code }) => ({ code, at: at || '/' }))
      : fields(value as object, `${at}/${key}`),
  );
}

function isStricter(target: string, code: number | string, at: string): boolean {
  return stricter.some(
    (rule) =>
      rule.code === code &&
      (rule.at === undefined || rule.at.test(at)) &&
      (rule.target === undefined || target.includes(rule.target)),
  );
}

function isLaxer(target: string, { at }: Spoiled): boolean {
  return laxer.some(
    (rule) => rule.at.test(at) && (rule.target === undefined || target.includes(rule.target)),
  );
}

function general(at: string): string {
  return at.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}
