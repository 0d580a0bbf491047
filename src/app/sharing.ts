import type { Chat } from '../engine/chat.ts';
import { sharesMemories } from '../engine/homeSettings.ts';
import { type ChatId, type EntityId, isDirect } from '../engine/ids.ts';
import type { Homes } from './homes.ts';
import type { Readers, Readership } from './ports/readership.ts';
import type { OtherStory, Store } from './ports/store.ts';

export interface SharingSettings {
  /** Memories of other stories that a prompt takes at most; 0 for none. */
  readonly most: number;
  /** What one of them weighs, beside one of this story that fits as well; 0 to 1. */
  readonly weight: number;
  /** Other stories that are searched, the last played first. */
  readonly stories: number;
}

export interface SharingNeeds {
  readonly store: Pick<Store, 'otherStories'>;
  readonly homes: Pick<Homes, 'read'>;
  readonly readership: Readership;
  readonly sharing: SharingSettings;
}

/** Chats that are looked at for each story that is searched: some are branches, some not for everyone. */
const LOOKED_AT = 2;

/** What a character may be reminded of beyond a story. */
export interface Elsewhere extends Pick<SharingSettings, 'most' | 'weight'> {
  /** At most one chat of each story. */
  readonly stories: readonly { readonly chat: ChatId; readonly name: string }[];
}

/**
 * Which other stories a character may be reminded of in one: of the same server, where it is set so, and
 * only what everyone who reads along here could have read there. Of a story with branches one line
 * counts, the last played: what happened on two of them never stands side by side.
 */
export class Sharing {
  readonly #needs: SharingNeeds;

  constructor(needs: SharingNeeds) {
    this.#needs = needs;
  }

  /** Null where nothing of other stories is to come to a character's mind. */
  async of({ id, frame }: Chat, character: EntityId): Promise<Elsewhere | null> {
    const { store, homes, readership, sharing } = this.#needs;
    const { home, binding } = frame;
    if (sharing.most === 0 || binding === null || isDirect(home)) return null;
    if (!sharesMemories(homes.read(home).settings, character)) return null;
    const others = store.otherStories(id, character, LOOKED_AT * sharing.stories);
    const channels = new Set([binding.channel, ...others.flatMap(({ rooms }) => rooms)]);
    const asked = [...channels].map(async (each) => [each, await readership.of(each)] as const);
    const readers = new Map(await Promise.all(asked));
    const here = readers.get(binding.channel) ?? null;
    if (here === null) return null;
    const isOpen = ({ rooms }: OtherStory) =>
      rooms.length > 0 && rooms.every((room) => couldRead(readers.get(room) ?? null, here));
    const stories = new Map<ChatId, OtherStory>();
    for (const other of others) {
      if (stories.size === sharing.stories) break;
      if (!stories.has(other.root) && isOpen(other)) stories.set(other.root, other);
    }
    const { most, weight } = sharing;
    return {
      most,
      weight,
      stories: [...stories.values()].map(({ chat, name }) => ({ chat, name })),
    };
  }
}

/** Whether everyone who reads along in one channel could have read along in another, too. */
function couldRead(there: Readers | null, here: Readers): boolean {
  if (there === null || there.invited) return false;
  if (there.ageRestricted && !here.ageRestricted) return false;
  return there.who === 'everyone' || there.who === here.who;
}
