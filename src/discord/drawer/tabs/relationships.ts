import {
  pageOf,
  relationshipCard,
  relationshipsTab,
} from '../../embeds/drawer/relationshipsTab.ts';
import {
  affinityDown,
  affinityTo,
  affinityUp,
  fact,
  factGone,
  factNew,
  relation,
  trustDown,
  trustTo,
  trustUp,
} from '../actions/relationship.ts';
import { edits } from '../buttonsOf.ts';
import { factAt, factRef, pairAt, pairRef } from '../subject.ts';
import { aboutOf, type DrawerContext, defineTab, type Shown } from '../tab.ts';

export const relationships = defineTab({
  tab: 'relationships',
  show(context) {
    const { troupe, where, view, texts } = context;
    if (where.of !== '') return pair(context);
    const all = troupe.drawer.relationships(where.chat, view);
    const page = pageOf(all, Number(where.page) || 0);
    const { pick, stands } = texts.drawerUi;
    return {
      embeds: [relationshipsTab(page, aboutOf(context), texts)],
      placeholder: pick.relationship,
      options: page.items.map((each) => ({
        label: stands(each.fromName, each.toName),
        of: pairRef(each),
      })),
      newer: page.page === 0 ? null : String(page.page - 1),
      older: page.hasMore ? String(page.page + 1) : null,
    };
  },
});

function pair(context: DrawerContext): Shown | null {
  const { troupe, where, view, texts } = context;
  const found = pairAt(context);
  if (found === null) return null;
  const known = factAt(context);
  const before = where.page === '' ? null : Number(where.page) || 0;
  const reasons = troupe.drawer.reasons(where.chat, found, view, before);
  const { picture, pick } = texts.drawerUi;
  const { from, to, fromName, toName } = found;
  return {
    embeds: [relationshipCard(found, reasons, aboutOf(context), texts)],
    ...(context.mayEdit && {
      placeholder: pick.fact,
      options: found.facts
        .slice(-25)
        .map(({ text, mark }) => ({ label: text, of: factRef(found, mark) })),
    }),
    edits: known
      ? [edits(context, fact, factGone)]
      : [
          edits(context, affinityDown, affinityUp, affinityTo, relation),
          edits(context, trustDown, trustUp, trustTo, factNew),
        ],
    newer: where.page === '' ? null : '',
    older: reasons.older === null ? null : String(reasons.older),
    picture: {
      title: picture.title(fromName, toName),
      history: () => troupe.relationshipHistory(where.chat, { from, to }, view),
    },
  };
}
