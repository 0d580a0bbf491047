import { doneIn, historyTab } from '../../embeds/drawer/historyTab.ts';
import { aboutOf, defineTab } from '../tab.ts';

/** Picked, an edit is taken back. */
export const UNDO_STEP = 'n.';
export const UNDO_SETTING = 'v.';

export const edits = defineTab({
  tab: 'edits',
  show(context) {
    const { troupe, where, view, texts } = context;
    const page = Number(where.page) || 0;
    const seen = troupe.drawer.history(where.chat, view, page);
    return {
      embeds: [historyTab(seen, aboutOf(context), texts)],
      placeholder: texts.drawerUi.pick.edit,
      options: context.mayEdit
        ? seen.items.map(({ node, version, done }, at) => ({
            // Many read alike: they stand in the order of the card.
            label: `${at + 1}. ${doneIn(done, texts)}`,
            of: node === null ? `${UNDO_SETTING}${version}` : `${UNDO_STEP}${node}`,
          }))
        : [],
      newer: page === 0 ? null : String(page - 1),
      older: seen.hasMore ? String(page + 1) : null,
    };
  },
});
