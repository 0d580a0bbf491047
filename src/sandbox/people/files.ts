import type { UploadedFile } from '../http/apiRequest.ts';
import { MAX_FILE } from '../http/body.ts';
import type { GivenFile } from '../protocol.ts';
import { ActError } from './actError.ts';

/** Files as a person gives them, as a request would bring them. @throws ActError when one is too large */
export function filesOf(given: readonly GivenFile[]): UploadedFile[] {
  return given.map(({ name, type, base64 }, index) => {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    if (bytes.length > MAX_FILE) throw new ActError(`${name} is larger than 10 MB`, 413);
    return { index, name, type, bytes };
  });
}
