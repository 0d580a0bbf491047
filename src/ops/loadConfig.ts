import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { OFFLINE_MODEL } from '../app/ports/model.ts';
import { OOC } from '../engine/segments.ts';
import type { TimeOfDay } from './nextTime.ts';

/** Everything that an owner can set, checked. */
export interface Config {
  readonly discord: { readonly token: string | null; readonly api: string | null };
  /** Null for the offline model. */
  readonly model: {
    readonly baseURL: string;
    readonly apiKey: string | null;
    readonly name: string;
    /** The name of the one that reads what happened. */
    readonly classifier: string;
    /** The name of the one that finds what means nearly the same; null where words alone are looked for. */
    readonly embeddings: string | null;
  } | null;
  readonly database: string;
  /** The folder of the backups. */
  readonly backups: string;
  /** Port of the sandbox's page. */
  readonly port: number;
  /** Port of health and metrics; null where they are not asked for. */
  readonly opsPort: number | null;
  readonly settings: Settings;
}

const seconds = (fallback: number) => z.number().positive().max(3_600).default(fallback);
const price = z.number().min(0).max(1_000_000);
const tokens = (fallback: number) => z.int().min(500).max(2_000_000).default(fallback);

/** `config/troupe.yaml`: how Troupe behaves. Where it runs, and its secrets, are environment variables. */
const settings = z.strictObject({
  log: z
    .strictObject({ level: z.enum(['debug', 'info', 'warn', 'error']).default('info') })
    .prefault({}),
  model: z
    .strictObject({
      firstWordsSeconds: seconds(60),
      silenceSeconds: seconds(30),
      images: z.boolean().default(false),
    })
    .prefault({}),
  classifier: z
    .strictObject({
      fallbacks: z.array(z.string().trim().min(1)).max(5).default([]),
      limitSeconds: seconds(10),
      promptTokens: tokens(4_000),
      maxTokens: tokens(4_000),
    })
    .prefault({}),
  embeddings: z.strictObject({ waitSeconds: seconds(1.5), limitSeconds: seconds(30) }).prefault({}),
  digest: z
    .strictObject({
      waitSeconds: z.number().min(0).max(60).default(3),
      atOnce: z.int().min(1).max(64).default(4),
      leastConfidence: z.number().min(0).max(1).default(0.5),
    })
    .prefault({}),
  away: z
    .strictObject({
      messages: z.int().min(0).max(2_000).default(200),
      hours: z.number().min(0).max(8_760).default(24),
      compare: z.int().min(0).max(500).default(50),
    })
    .prefault({}),
  reply: z
    .strictObject({
      temperature: z.number().min(0).max(2).optional(),
      topP: z.number().min(0).max(1).optional(),
      frequencyPenalty: z.number().min(-2).max(2).optional(),
      presencePenalty: z.number().min(-2).max(2).optional(),
      maxTokens: z.int().min(16).max(100_000).default(1_200),
      stop: z.array(z.string().min(1)).max(4).optional(),
    })
    .prefault({}),
  /** What a character is told of its other stories, where somebody switched that on. */
  sharing: z
    .strictObject({
      most: z.int().min(0).max(4).default(2),
      weight: z.number().min(0).max(1).default(0.5),
      stories: z.int().min(1).max(100).default(20),
    })
    .prefault({}),
  /** What sets off words out of character: brackets around them, or the beginning of a line. */
  outOfCharacter: z
    .strictObject({
      open: z.string().trim().min(1).max(10).default(OOC.open),
      close: z.string().trim().min(1).max(10).default(OOC.close),
      line: z.string().trim().min(1).max(10).default(OOC.line),
    })
    .prefault({}),
  prompt: z
    .strictObject({
      softBudget: tokens(6_000),
      hardBudget: tokens(8_000),
      olderTurns: z.int().min(0).max(100_000).default(200),
    })
    .refine(({ softBudget, hardBudget }) => softBudget <= hardBudget, {
      path: ['softBudget'],
      message: 'must not be above prompt.hardBudget',
    })
    .prefault({}),
  backup: z
    .strictObject({
      nightly: z.boolean().default(true),
      at: z
        .custom<TimeOfDay>(
          (time) => typeof time === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(time),
          'must be a time in quotes, "00:00" to "23:59"',
        )
        .default('03:00'),
      keep: z.int().min(1).max(1_000).default(14),
    })
    .prefault({}),
  /** What a million tokens of a model cost, in whatever money its owner counts in. */
  prices: z.record(z.string(), z.strictObject({ input: price, output: price })).default({}),
});
export type Settings = z.output<typeof settings>;

const address = z.url({
  protocol: /^https?$/,
  error: 'must be an address that begins with http:// or https://',
});
const port = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'must be a port, 0 to 65535')
  .transform(Number);
const blank = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? undefined : value;
const given = <T extends z.ZodType>(type: T) => z.preprocess(blank, type.optional());

const environment = z
  .object({
    DISCORD_TOKEN: given(z.string().trim()),
    DISCORD_API_URL: given(address),
    LLM_API_KEY: given(z.string().trim()),
    LLM_BASE_URL: given(address),
    NARRATIVE_MODEL: given(z.string().trim()),
    CLASSIFIER_MODEL: given(z.string().trim()),
    EMBEDDINGS_MODEL: given(z.string().trim()),
    TROUPE_DB_PATH: given(z.string()),
    TROUPE_BACKUP_PATH: given(z.string()),
    TROUPE_CONFIG_PATH: given(z.string()),
    TROUPE_HTTP_PORT: given(port),
    TROUPE_OPS_PORT: given(port),
  })
  .superRefine((env, context) => {
    const problem = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const offline = env.NARRATIVE_MODEL === OFFLINE_MODEL;
    if (!env.DISCORD_TOKEN && env.TROUPE_OPS_PORT && env.TROUPE_OPS_PORT === env.TROUPE_HTTP_PORT) {
      problem('TROUPE_OPS_PORT', 'must be another port than TROUPE_HTTP_PORT, where the page is');
    }
    if (env.DISCORD_API_URL && !env.DISCORD_TOKEN) {
      problem('DISCORD_TOKEN', 'is needed to join the Discord at DISCORD_API_URL');
    }
    for (const name of ['CLASSIFIER_MODEL', 'EMBEDDINGS_MODEL'] as const) {
      if (env[name] && (offline || !env.NARRATIVE_MODEL)) {
        problem(name, 'goes with NARRATIVE_MODEL, on the same server');
      }
    }
    if (env.LLM_API_KEY && !env.LLM_BASE_URL && !offline && !env.NARRATIVE_MODEL) {
      problem('NARRATIVE_MODEL', 'is needed with LLM_API_KEY: the name of the model to use');
    } else if (env.LLM_BASE_URL && !env.NARRATIVE_MODEL) {
      problem('NARRATIVE_MODEL', 'is needed with LLM_BASE_URL: the name of the model to use');
    } else if (env.NARRATIVE_MODEL && !offline && !env.LLM_BASE_URL && !env.LLM_API_KEY) {
      problem(
        'LLM_BASE_URL',
        'is needed with NARRATIVE_MODEL: where the model is served (or LLM_API_KEY for OpenAI)',
      );
    } else if (env.DISCORD_TOKEN && !env.NARRATIVE_MODEL) {
      problem(
        'NARRATIVE_MODEL',
        'is needed to play on Discord: name a model and set LLM_BASE_URL, or use "offline" to try Troupe without one',
      );
    }
  });

const DEFAULT_CONFIG = 'config/troupe.yaml';
const OPENAI = 'https://api.openai.com/v1';

/** One readable line per problem; never holds a value, which may be a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads the environment and the configuration file.
 * @throws {ConfigError} naming every problem at once.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const variables = environment.safeParse(env);
  if (!variables.success) problems.push(...lines('', variables.error));
  const path = env.TROUPE_CONFIG_PATH?.trim() || DEFAULT_CONFIG;
  const file = readSettings(path, Boolean(env.TROUPE_CONFIG_PATH?.trim()), problems);
  if (!variables.success || file === null || problems.length > 0) throw new ConfigError(problems);
  const { DISCORD_TOKEN, DISCORD_API_URL, LLM_API_KEY, LLM_BASE_URL } = variables.data;
  const { NARRATIVE_MODEL, CLASSIFIER_MODEL, EMBEDDINGS_MODEL } = variables.data;
  const { TROUPE_HTTP_PORT, TROUPE_OPS_PORT } = variables.data;
  const database = variables.data.TROUPE_DB_PATH ?? 'data/troupe.db';
  return {
    discord: { token: DISCORD_TOKEN ?? null, api: DISCORD_API_URL?.replace(/\/+$/, '') ?? null },
    model:
      NARRATIVE_MODEL === undefined || NARRATIVE_MODEL === OFFLINE_MODEL
        ? null
        : {
            baseURL: LLM_BASE_URL ?? OPENAI,
            apiKey: LLM_API_KEY ?? null,
            name: NARRATIVE_MODEL,
            classifier: CLASSIFIER_MODEL ?? NARRATIVE_MODEL,
            embeddings: EMBEDDINGS_MODEL ?? null,
          },
    database,
    backups: variables.data.TROUPE_BACKUP_PATH ?? join(dirname(database), 'backups'),
    port: TROUPE_HTTP_PORT ?? 8420,
    // On Discord there is no page: the port is free for what an owner looks at.
    opsPort: TROUPE_OPS_PORT ?? (DISCORD_TOKEN ? TROUPE_HTTP_PORT : null) ?? null,
    settings: file,
  };
}

function readSettings(path: string, required: boolean, problems: string[]): Settings | null {
  if (!existsSync(path)) {
    if (!required) return settings.parse({});
    problems.push(`TROUPE_CONFIG_PATH: there is no file ${path}`);
    return null;
  }
  try {
    const parsed = settings.safeParse(parseYaml(readFileSync(path, 'utf8')) ?? {});
    if (parsed.success) return parsed.data;
    problems.push(...lines(`${path}: `, parsed.error));
  } catch (error) {
    const where =
      error instanceof YAMLParseError && error.linePos ? ` (line ${error.linePos[0].line})` : '';
    const what = error instanceof YAMLParseError ? 'is not valid YAML' : 'cannot be read';
    problems.push(`${path}: ${what}${where}`);
  }
  return null;
}

function lines(prefix: string, error: z.ZodError): string[] {
  return error.issues.flatMap((issue) => {
    const at = issue.path.join('.');
    if (issue.code !== 'unrecognized_keys') {
      return [`${prefix}${at}${at && ': '}${sentence(issue)}`];
    }
    return issue.keys.map(
      (key) => `${prefix}${[...issue.path, key].join('.')}: there is no such setting`,
    );
  });
}

/** Zod's own sentences speak of inputs and types; an owner set a value. */
function sentence(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_type':
      return `must be a ${issue.expected === 'int' ? 'whole number' : issue.expected}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    default:
      return issue.message;
  }
}
