import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import type { Discord } from '../discord.ts';

const PAGE = join(import.meta.dirname, '..', 'page');

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
};

/** Nothing on the page comes from elsewhere but the pictures that messages point to. */
const PAGE_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: https: http:",
  "style-src 'self'",
  "connect-src 'self' ws:",
].join('; ');

/** Types that a browser may show; anything else that was uploaded is offered as a download. */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif)|text\/plain\b|audio\/|video\/)/;

/** The page at `/`, its files below `/page/`. */
export async function servePage(path: string, response: ServerResponse): Promise<void> {
  const name = path === '/' ? 'index.html' : path.slice('/page/'.length);
  const file = normalize(join(PAGE, name));
  const type = TYPES[extname(file)];
  if (!file.startsWith(PAGE + sep) || type === undefined) return notFound(response);
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return notFound(response);
  response
    .writeHead(200, {
      'content-type': type,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy': PAGE_POLICY,
    })
    .end(bytes);
}

/** What Discord's CDN serves: attachments, emojis and avatars. */
export function serveCdn({ world }: Discord, path: string, response: ServerResponse): void {
  const stored = path.startsWith('/attachments/') ? path : path.replace(/\.\w+$/, '');
  const file = world.store.file(stored.slice(1));
  if (file) {
    const shown = SHOWN.test(file.type);
    response
      .writeHead(200, {
        'content-type': shown ? file.type : 'application/octet-stream',
        'content-disposition': shown ? 'inline' : 'attachment',
        'content-length': file.bytes.length,
        'cache-control': 'public, max-age=31536000',
        'x-content-type-options': 'nosniff',
        // An uploaded file must never run anything, whatever it is taken for.
        'content-security-policy': "default-src 'none'; sandbox",
      })
      .end(file.bytes);
    return;
  }
  const hash = /^\/avatars\/\d+\/(\w+)\.\w+$/.exec(path)?.[1];
  const elsewhere = hash === undefined ? undefined : world.avatars.get(hash);
  if (elsewhere === undefined) {
    notFound(response);
    return;
  }
  response.writeHead(302, { location: elsewhere }).end();
}

export function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
}
