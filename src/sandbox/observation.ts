/** A request of the application with its answer, as both went over the wire. */
export interface Exchange {
  kind: 'exchange';
  method: string;
  /** Without `/api` and the version. */
  path: string;
  /** The template that served it; null where no route is. */
  route: string | null;
  params: Record<string, string>;
  query: Record<string, string>;
  /** Null where the request carried no body. */
  contentType: string | null;
  /** What JSON or `payload_json` held; left out when an answer was there before the body was read. */
  body?: unknown;
  files: string[];
  /** Whether an armed fault made the answer. */
  injected: boolean;
  status: number;
  headers: Record<string, string>;
  answer: unknown;
}

/** An event as the gateway was given it to send. */
export interface SentEvent {
  kind: 'event';
  name: string;
  data: unknown;
}

/** Sees everything that passes between the application and the sandbox, for recorders and checks. */
export type Observer = (seen: Exchange | SentEvent) => void;
