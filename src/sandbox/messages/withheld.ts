/** As much of a message as decides who may read it. */
export interface MessageLike {
  guild_id?: string | undefined;
  referenced_message?: MessageLike | null;
  author: { id: string };
  mentions: { id: string }[];
}

/** Without the privileged intent, what people wrote elsewhere than to the application is left out. */
export function withheld(message: MessageLike, bot: string): object {
  const readable =
    message.guild_id === undefined ||
    message.author.id === bot ||
    message.mentions.some(({ id }) => id === bot);
  const { referenced_message: answered } = message;
  const shown = {
    ...message,
    ...(answered && {
      referenced_message: withheld({ ...answered, guild_id: message.guild_id }, bot),
    }),
  };
  if (readable) return shown;
  return { ...shown, content: '', embeds: [], attachments: [], components: [] };
}
