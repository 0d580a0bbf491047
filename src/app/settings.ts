import { configureHome } from '../engine/deciders/configureHome.ts';
import { type HomeSettings, settingsOf } from '../engine/homeSettings.ts';
import type { HomeId } from '../engine/ids.ts';
import { rights as allRights, type Right, rightKey } from '../engine/rights.ts';
import type { HomeState } from '../engine/state/home.ts';
import type { Homes } from './homes.ts';
import type { Rights } from './rights.ts';
import type { Asked } from './storylines.ts';

interface Needs {
  readonly homes: Homes;
  readonly rights: Rights;
}

export interface Dashboard extends HomeSettings {
  /** Ids of the roles that hold each right; none where it is as usual. */
  readonly roles: Readonly<Record<Right, readonly string[]>>;
}

/** How a home is set: by whoever may configure it. */
export class Settings {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** @throws {Refusal} `not-allowed`. */
  of(home: HomeId, { by }: Pick<Asked, 'by'>): Dashboard {
    this.#needs.rights.demandAt(home, 'configure', by);
    return dashboardOf(this.#needs.homes.read(home).settings);
  }

  /** The language of what everyone reads. @param server the one that Discord knows of */
  language(home: HomeId, server: string | null): string | null {
    const { language } = settingsOf(this.#needs.homes.read(home).settings);
    return language === 'discord' ? server : language;
  }

  /**
   * Takes over the language that Discord tells of whoever writes in their direct messages: their home is
   * theirs alone.
   */
  hear(home: HomeId, locale: string, { command, by }: Asked): void {
    const { language } = settingsOf(this.#needs.homes.read(home).settings);
    const heard = locale.startsWith('ru') ? 'ru' : 'en';
    if (heard === (language === 'discord' ? 'en' : language)) return;
    // What the same interaction goes on to change is a command of its own.
    this.set(home, { language: heard }, { command: `language:${command}`, by });
  }

  /** @throws {Refusal} `not-allowed`, `bad-limit`. */
  set(home: HomeId, settings: HomeState['settings'], { command, by }: Asked): Dashboard {
    this.#needs.rights.demandAt(home, 'configure', by);
    const after = this.#needs.homes.execute({
      home,
      id: command,
      actor: by.person,
      decide: (known) => configureHome(settings, known),
    });
    return dashboardOf(after.settings);
  }

  /** @param roles ids; none for as usual. @throws {Refusal} `not-allowed`. */
  grant(home: HomeId, right: Right, roles: readonly string[], asked: Asked): Dashboard {
    return this.set(home, { [rightKey(right)]: roles.join(' ') }, asked);
  }
}

const dashboardOf = (settings: HomeState['settings']): Dashboard => ({
  ...settingsOf(settings),
  roles: Object.fromEntries(
    allRights.map((right) => [
      right,
      String(settings[rightKey(right)] ?? '')
        .split(' ')
        .filter(Boolean),
    ]),
  ) as unknown as Dashboard['roles'],
});
