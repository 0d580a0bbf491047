import { idle } from '../../../engine/world.ts';
import { castTab } from '../../embeds/drawer/castTab.ts';
import { memberCard } from '../../embeds/drawer/memberCard.ts';
import { comes, doing, goes, place, sleeps, wakes } from '../actions/member.ts';
import { edits } from '../buttonsOf.ts';
import { memberAt, refOf } from '../subject.ts';
import { aboutOf, type DrawerContext, defineTab, type Shown } from '../tab.ts';

const PER_PAGE = 25;

export const cast = defineTab({
  tab: 'cast',
  show(context) {
    const { troupe, where, view, texts } = context;
    if (where.of !== '') return member(context);
    const seen = troupe.drawer.cast(where.chat, view);
    const page = Math.max(0, Number(where.page) || 0);
    const members = seen.members.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
    const hasMore = seen.members.length > (page + 1) * PER_PAGE;
    return {
      embeds: [castTab({ members }, aboutOf(context), texts)],
      placeholder: texts.drawerUi.pick.someone,
      options: members.map(({ entity, name }) => ({ label: name, of: refOf(entity) })),
      newer: page === 0 ? null : String(page - 1),
      older: hasMore ? String(page + 1) : null,
    };
  },
});

function member(context: DrawerContext): Shown | null {
  const { troupe, where, view, texts } = context;
  const found = memberAt(context);
  if (found === null) return null;
  const { entity, present } = found;
  const scene = troupe.drawer.scene(where.chat, view);
  const seen = [...scene.here, ...scene.near, ...scene.others].find(
    (each) => each.entity === entity,
  );
  const { status } = troupe.world.storyOf(where.chat).activities[entity] ?? idle;
  return {
    embeds: [memberCard(found, seen ?? null, aboutOf(context), texts)],
    edits: [
      edits(
        context,
        doing,
        place,
        present ? goes : comes,
        present ? (status === 'awake' ? sleeps : wakes) : null,
      ),
    ],
  };
}
