import { defineListener } from '../listener.ts';

/** An author rewrote a message of the story: it reads so from then on. */
export const messageUpdate = defineListener({
  event: 'messageUpdate',
  async handle({ troupe }, _before, after) {
    // A link's preview, a pin and a thread begun under it come as edits too, without a time of editing.
    const { editedTimestamp: editedAt } = after;
    if (editedAt === null) return;
    await troupe.words.inOrder(after.channelId, async () => {
      if (!troupe.words.isTurn(after.id)) return;
      const message = after.partial ? await after.fetch() : after;
      await troupe.words.edited({
        message: message.id,
        by: `user:${message.author.id}`,
        editedAt,
        text: message.content,
        readable: message.cleanContent,
      });
    });
  },
});
