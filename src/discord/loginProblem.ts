import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError } from 'discord.js';

/** Discord could not be joined; the message is one line for the owner. */
export class LoginError extends Error {
  override readonly name = 'LoginError';
}

export function loginProblem(cause: unknown): LoginError {
  return new LoginError(sentence(cause), { cause });
}

function sentence(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (
    (cause instanceof DiscordjsError && cause.code === DiscordjsErrorCodes.TokenInvalid) ||
    (cause instanceof DiscordAPIError && cause.status === 401)
  ) {
    return 'DISCORD_TOKEN: Discord refuses this token. Copy it again from the application\'s "Bot" page.';
  }
  if (/disallowed intents/i.test(text)) {
    return 'Discord refuses the connection: switch on "Message Content Intent" on the application\'s "Bot" page.';
  }
  if (cause instanceof HTTPError || cause instanceof DiscordAPIError) {
    return `Discord answered ${cause.status}; try again later.`;
  }
  return 'Discord cannot be reached; check the network, and DISCORD_API_URL if it is set.';
}
