import { fileURLToPath } from 'node:url';

/** The folder of the migrations. */
export const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
