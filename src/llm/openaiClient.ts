import OpenAI from 'openai';

export interface OpenaiServer {
  readonly baseURL: string;
  /** Null or '' for servers without keys: no Authorization header is sent then. */
  readonly apiKey: string | null;
  /** Milliseconds. */
  readonly timeout: number;
  readonly fetch?: typeof globalThis.fetch;
}

/** The SDK with its own ideas switched off: it neither retries, nor logs, nor reads the environment. */
export const openaiClient = ({ baseURL, apiKey, timeout, fetch }: OpenaiServer): OpenAI =>
  new OpenAI({
    baseURL,
    // The SDK insists on a key; without one the header is left out.
    apiKey: apiKey || 'none',
    ...(apiKey ? {} : { defaultHeaders: { Authorization: null } }),
    // Otherwise it would send what OPENAI_ORG_ID and its like hold to a server that it is not meant for.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    ...(fetch ? { fetch } : {}),
    maxRetries: 0,
    timeout,
    logLevel: 'off',
  });
