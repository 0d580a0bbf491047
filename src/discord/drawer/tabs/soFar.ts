import { soFarTab } from '../../embeds/drawer/soFarTab.ts';
import { summary } from '../actions/soFar.ts';
import { edits } from '../buttonsOf.ts';
import { ownedAt, ownedRef } from '../subject.ts';
import { aboutOf, defineTab } from '../tab.ts';

export const soFar = defineTab({
  tab: 'soFar',
  show(context) {
    const { troupe, where, view, texts } = context;
    const [first = '', at = null] = where.page.split('.');
    const page = Number(first) || 0;
    const seen = troupe.drawer.soFar(where.chat, { of: null, at, page }, view);
    const about = aboutOf(context);
    if (where.of !== '') {
      const key = ownedAt(context);
      const found = seen.items.find(
        (each) => key && each.scene === key.node && each.owner === key.owner,
      );
      if (found === undefined) return null;
      const shown = { items: [found], page: 0, hasMore: false, older: null };
      return {
        embeds: [soFarTab(shown, about, texts)],
        edits: [edits(context, summary)],
      };
    }
    const more = seen.hasMore ? `${page + 1}${at === null ? '' : `.${at}`}` : null;
    const isFirst = page === 0 && at === null;
    return {
      embeds: [soFarTab(seen, about, texts)],
      placeholder: texts.drawerUi.pick.summary,
      // What lies further back is not held any more, and cannot be changed.
      options:
        at === null
          ? seen.items.map((each) => ({
              label: `${each.ownerName}: ${each.text}`,
              of: ownedRef({ node: each.scene, owner: each.owner }),
            }))
          : [],
      newer: isFirst ? null : page > 0 ? `${page - 1}${at === null ? '' : `.${at}`}` : '',
      older: more ?? (seen.older === null ? null : `0.${seen.older}`),
    };
  },
});
