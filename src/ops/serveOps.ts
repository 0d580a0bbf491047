import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EXPOSITION_TYPE, type Exposition } from './exposition.ts';
import type { Health } from './health.ts';

export interface OpsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves `/health` (200 while all is well, else 503, with each part) and `/metrics`, to this machine only.
 * @param port 0 for any that is free.
 * @throws what `listen` does, as `EADDRINUSE`.
 */
export async function serveOps(
  port: number,
  { exposition, health }: { readonly exposition: Exposition; readonly health: () => Health },
): Promise<OpsServer> {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: string) => {
      response.writeHead(status, {
        'content-type': type,
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
      });
      response.end(request.method === 'HEAD' ? '' : body);
    };
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname !== '/health' && pathname !== '/metrics') {
      return answer(404, 'text/plain', 'There are /health and /metrics.\n');
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return answer(405, 'text/plain', 'This can be read only.\n');
    }
    if (pathname === '/metrics') return answer(200, EXPOSITION_TYPE, exposition.text());
    const { isWell, parts } = health();
    const body = `${JSON.stringify({ status: isWell ? 'well' : 'not well', parts })}\n`;
    return answer(isWell ? 200 : 503, 'application/json', body);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      // Whoever reads them keeps a connection open for the next time.
      server.closeAllConnections();
      await closed;
    },
  };
}
