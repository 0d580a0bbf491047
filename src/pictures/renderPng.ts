import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const require = createRequire(import.meta.url);
const read = (path: string) => readFile(require.resolve(path));

/** Loaded with the first picture: many owners never see one. */
let parts: Promise<Uint8Array[]> | undefined;
const load = async (): Promise<Uint8Array[]> => {
  await initWasm(await read('@resvg/resvg-wasm/index_bg.wasm'));
  return [await read('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')];
};

/** Pictures that are kept: who goes to and fro looks at the same one again. */
const KEPT = 16;
const kept = new Map<string, Promise<Uint8Array>>();

/** As {@link renderPng}, for what is likely to be asked for again soon. */
export function renderedLately(svg: string): Promise<Uint8Array> {
  const drawing = kept.get(svg) ?? renderPng(svg);
  kept.delete(svg);
  kept.set(svg, drawing);
  // What failed may be tried again.
  drawing.catch(() => kept.delete(svg));
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return drawing;
}

/** Draws an SVG as a PNG, without a browser. Its text is set in DejaVu Sans. */
export async function renderPng(svg: string): Promise<Uint8Array> {
  parts ??= load();
  const fontBuffers = await parts;
  const drawing = new Resvg(svg, { font: { fontBuffers, defaultFontFamily: 'DejaVu Sans' } });
  try {
    return drawing.render().asPng();
  } finally {
    drawing.free();
  }
}
