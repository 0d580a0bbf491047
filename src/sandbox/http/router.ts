import type { Route } from './apiRequest.ts';

interface Found {
  route: Route;
  params: Record<string, string>;
}

/** Finds the route of a path. Fixed segments win over parameters, as the list's order decides nothing. */
export class Router {
  readonly #routes: { route: Route; segments: string[] }[];

  constructor(routes: readonly Route[]) {
    this.#routes = routes
      .map((route) => ({ route, segments: split(route.path) }))
      .sort((a, b) => parameters(a.segments) - parameters(b.segments));
  }

  find(method: string, path: string): Found | 'wrongMethod' | 'nothing' {
    const given = split(path).map(decode);
    let known = false;
    for (const { route, segments } of this.#routes) {
      const params = match(segments, given);
      if (!params) continue;
      if (route.method === method) return { route, params };
      known = true;
    }
    return known ? 'wrongMethod' : 'nothing';
  }
}

function split(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function parameters(segments: string[]): number {
  return segments.filter((segment) => segment.startsWith(':')).length;
}

function match(segments: string[], given: string[]): Record<string, string> | undefined {
  if (segments.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = value;
    else if (segment !== value) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
