/**
 * Names a value in a few letters, so that an edit can say which one it was drawn at: equal values have
 * the same mark, others hardly ever.
 */
export function markOf(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  let [one, two] = [0x811c9dc5, 0xc9dc5118];
  for (let at = 0; at < text.length; at += 1) {
    one = Math.imul(one ^ text.charCodeAt(at), 0x01000193);
    two = Math.imul(two ^ text.charCodeAt(at), 0x01000193) ^ (two >>> 15);
  }
  return `${(one >>> 0).toString(36)}${(two >>> 0).toString(36)}`;
}
