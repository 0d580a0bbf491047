import { button } from '../../buttons.ts';
import { memoriesTab, memoryCard } from '../../embeds/drawer/memoriesTab.ts';
import { forget, memory, pinMemory, unpinMemory, weight } from '../actions/memory.ts';
import { DRAWER_SEARCH, edits, way } from '../buttonsOf.ts';
import { ownedAt, ownedRef, ownerBy, refOf } from '../subject.ts';
import { aboutOf, type DrawerContext, defineTab, type Shown } from '../tab.ts';
import { whereId } from '../where.ts';

export const memories = defineTab({
  tab: 'memories',
  show(context) {
    const { troupe, where, view, texts } = context;
    if (where.of.includes('.')) return one(context);
    const page = Number(where.page) || 0;
    const { members } = troupe.drawer.cast(where.chat, view);
    const owner = ownerBy(members, where.of);
    const words = where.words || null;
    const seen = troupe.drawer.memories(where.chat, { owner, words, page }, view);
    const { search, allMemories, pick } = texts.drawerUi;
    const others = seen.owners.filter(({ entity }) => entity !== seen.owner);
    const here = { ...where, of: refOf(seen.owner) };
    return {
      embeds: [memoriesTab(seen, aboutOf(context), texts)],
      placeholder: others.length === 0 ? pick.memory : `${pick.memory} · ${pick.owner}`,
      options: [
        ...seen.items.map((each) => ({ label: each.text, of: ownedRef(each.memory) })),
        ...others.slice(0, 20).map(({ entity, name }) => ({
          label: texts.drawer.remembers(name),
          of: refOf(entity),
          page: '',
        })),
      ],
      newer: page === 0 ? null : String(page - 1),
      older: seen.hasMore ? String(page + 1) : null,
      more:
        words === null
          ? [button('Secondary', `${search} …`, whereId(DRAWER_SEARCH, { ...here, page: '' }))]
          : [way(allMemories, { ...here, page: '', words: '' }, 'a')],
    };
  },
});

function one(context: DrawerContext): Shown | null {
  const { troupe, where, view, texts } = context;
  const key = ownedAt(context);
  const found = key && troupe.drawer.memory(where.chat, key, view);
  if (!key || !found) return null;
  const name = troupe.world.storyOf(where.chat).cast[key.owner]?.name ?? '';
  return {
    embeds: [memoryCard(found, name, aboutOf(context), texts)],
    edits: [edits(context, memory, weight, found.pin?.byHand ? unpinMemory : pinMemory, forget)],
  };
}
