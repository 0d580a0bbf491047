import {
  factCard,
  pageOf,
  pickTwo,
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
import { edits, way } from '../buttonsOf.ts';
import { factAt, factRef, pairAt, pairRef, refOf } from '../subject.ts';
import { aboutOf, type DrawerContext, defineTab, type Shown } from '../tab.ts';

/** Of two that are being picked, the one that is still to come. */
export const ANY = '-';
const OPTIONS = 25;

export const relationships = defineTab({
  tab: 'relationships',
  show(context) {
    const { troupe, where, view, texts } = context;
    if (where.of.endsWith(ANY)) return anyTwo(context);
    if (where.of !== '') return pair(context);
    const all = troupe.drawer.relationships(where.chat, view);
    const page = pageOf(all, Number(where.page) || 0);
    const { pick, stands, anyTwo: label } = texts.drawerUi;
    const canSet = context.mayEdit && troupe.drawer.met(where.chat, view).length > 1;
    return {
      embeds: [relationshipsTab(page, aboutOf(context), texts)],
      placeholder: pick.relationship,
      options: page.items.map((each) => ({
        label: stands(each.fromName, each.toName),
        of: pairRef(each),
      })),
      newer: page.page === 0 ? null : String(page.page - 1),
      older: page.hasMore ? String(page.page + 1) : null,
      more: canSet ? [way(label, { ...where, page: '', of: ANY }, 'x')] : [],
    };
  },
});

/** Whom it is about, and to whom they stand, are picked one after the other. */
function anyTwo(context: DrawerContext): Shown | null {
  const { troupe, where, view, texts } = context;
  const met = troupe.drawer.met(where.chat, view);
  const from =
    where.of === ANY ? null : met.find((each) => where.of === `${refOf(each.entity)}${ANY}`);
  if (from === undefined || met.length < 2) return null;
  const offered = met.filter((each) => each !== from);
  const page = Math.max(0, Number(where.page) || 0);
  const { pick } = texts.drawerUi;
  return {
    embeds: [pickTwo(from?.name ?? null, aboutOf(context), texts)],
    placeholder: from === null ? pick.from : pick.to,
    options: offered.slice(page * OPTIONS, (page + 1) * OPTIONS).map(({ entity, name }) => ({
      label: name,
      of: from === null ? `${refOf(entity)}${ANY}` : pairRef({ from: from.entity, to: entity }),
      page: '',
    })),
    newer: page === 0 ? null : String(page - 1),
    older: offered.length > (page + 1) * OPTIONS ? String(page + 1) : null,
  };
}

function pair(context: DrawerContext): Shown | null {
  const { troupe, where, view, texts } = context;
  const found = pairAt(context);
  if (found === null) return null;
  const known = factAt(context);
  if (known !== null) {
    return {
      embeds: [factCard(found, known.text, aboutOf(context), texts)],
      edits: [edits(context, fact, factGone)],
    };
  }
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
    edits: [
      edits(context, affinityDown, affinityUp, affinityTo, relation),
      edits(context, trustDown, trustUp, trustTo, factNew),
    ],
    newer: where.page === '' ? null : '',
    older: reasons.older === null ? null : String(reasons.older),
    ...(!found.isNew && {
      picture: {
        title: picture.title(fromName, toName),
        history: () => troupe.relationshipHistory(where.chat, { from, to }, view),
      },
    }),
  };
}
