import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { APPLICATION_FLAGS } from '../state/objects.ts';
import type { GuildRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import type { Session } from './session.ts';

/** Every intent that exists. */
export const ALL_INTENTS = Object.values(Intent)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

/** READY: who the application is, and the guilds that it will hear of next. */
export function readyPayload(
  world: World,
  session: Session,
  guilds: readonly GuildRecord[],
  url: string,
): object {
  const { application } = world;
  return {
    v: 10,
    user: { ...application.user, verified: true, mfa_enabled: true, email: null },
    session_type: 'normal',
    session_id: session.id,
    resume_gateway_url: url,
    shard: session.shard,
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    application: { id: application.id, flags: APPLICATION_FLAGS },
    relationships: [],
    private_channels: [],
    presences: [],
    geo_ordered_rtc_regions: [],
    user_settings: {},
    user_settings_proto: null,
    auth: {},
    _trace: [],
  };
}
