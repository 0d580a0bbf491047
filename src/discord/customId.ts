const VERSION = '1';
/** Discord's limit. */
const MAX_CUSTOM_ID = 100;

/**
 * What a button, select or form is known by: `<version>:<name>:<argument>:...`. It holds all that is
 * needed to act, so that it still works after a restart, and it is parsed before anything is done: a
 * client may send any text.
 */
export function customId(name: string, ...args: readonly string[]): string {
  const id = [VERSION, name, ...args].join(':');
  if (id.length > MAX_CUSTOM_ID)
    throw new Error(`custom id of ${name} has ${id.length} characters`);
  return id;
}

/** Null for an id that this version did not make. */
export function parseCustomId(id: string): { name: string; args: string[] } | null {
  const [version, name, ...args] = id.split(':');
  return version === VERSION && name !== undefined ? { name, args } : null;
}
