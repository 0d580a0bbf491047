import type { REST } from 'discord.js';

export interface Watched {
  readonly method: string;
  /** Of the answer; null where none came. */
  readonly status: number | null;
}

/** Tells of every request that goes out, and of its answer. */
export function watchRequests(rest: REST, seen: (request: Watched) => void): void {
  const { makeRequest } = rest.options;
  rest.options.makeRequest = async (url, init) => {
    const method = init.method ?? 'GET';
    try {
      const answer = await makeRequest(url, init);
      seen({ method, status: answer.status });
      return answer;
    } catch (error) {
      seen({ method, status: null });
      throw error;
    }
  };
}
