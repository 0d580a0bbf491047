/** Whether the stream of a response said `[DONE]`, as far as it was read. */
export type EndSeen = (response: Response) => boolean;

const mark = '[DONE]';

/**
 * A `fetch` whose responses remember whether their stream was ended by the server's own word.
 *
 * The SDK ends its iteration in the same way for `[DONE]` and for a connection that a proxy closed
 * politely in the middle of a sentence. Where a server names no finish reason this mark is the only
 * difference between a whole answer and a lost one.
 */
export function watchEnd(fetch: typeof globalThis.fetch): {
  fetch: typeof globalThis.fetch;
  endSeen: EndSeen;
} {
  const seen = new WeakMap<Response, boolean>();
  return {
    endSeen: (response) => seen.get(response) ?? false,
    fetch: async (input, init) => {
      const original = await fetch(input, init);
      if (!original.body) return original;
      const decoder = new TextDecoder('latin1');
      let tail = '';
      const body = original.body.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(bytes, out) {
            tail += decoder.decode(bytes, { stream: true });
            if (tail.includes(mark)) seen.set(response, true);
            tail = tail.slice(-mark.length);
            out.enqueue(bytes);
          },
        }),
      );
      const { status, statusText, headers } = original;
      const response = new Response(body, { status, statusText, headers });
      return response;
    },
  };
}
