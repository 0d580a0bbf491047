import type { APIEmbed } from 'discord.js';

const NAME = 'portrait.png';

/** A card with a character's picture on it, which replaces whatever the message showed before. */
export const withPortrait = (embed: APIEmbed, picture: Uint8Array | null) => ({
  embeds: [picture === null ? embed : { ...embed, thumbnail: { url: `attachment://${NAME}` } }],
  files: picture === null ? [] : [{ name: NAME, attachment: Buffer.from(picture) }],
  attachments: [],
});
