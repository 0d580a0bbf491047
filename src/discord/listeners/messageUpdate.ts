import { editedIn } from '../hearMessage.ts';
import { defineListener } from '../listener.ts';

/** An author rewrote a message of the story: it reads so from then on. */
export const messageUpdate = defineListener({
  event: 'messageUpdate',
  async handle({ troupe, reconcile }, _before, after) {
    // A link's preview, a pin and a thread begun under it come as edits too, without a time of editing.
    if (after.editedTimestamp === null) return;
    reconcile.hurry(after.channelId);
    await troupe.words.inOrder(after.channelId, async () => {
      if (!troupe.words.isTurn(after.id)) return;
      const edited = editedIn(after.partial ? await after.fetch() : after);
      if (edited !== null) await troupe.words.edited(edited);
    });
  },
});
