/** /_mock/result-codes: the atlas of all codes with a command for each way to get them. */
import { listAppsIn } from '../carrier/apps/apps.js';
import { atlas, beyondCodes } from './atlas/atlas.js';
import type { Target } from './atlas/commands.js';
import { APP_ID_PREFIX } from './atlas/recipes.js';
import { ownAddress } from './own-address.js';
import { type Call, json, routes } from './route.js';

export const RESULT_CODES_ROUTES = routes('Server', [
  {
    call: 'GET /_mock/result-codes',
    who: 'server',
    id: 'listResultCodes',
    summary: 'Every result code, its cause, and a curl command for each way to get it',
    output: json('ResultCodes'),
    handle: async (call) => {
      const target = await targetOf(call);
      return { codes: atlas(target), beyond: beyondCodes(target) };
    },
  },
]);

async function targetOf({ carrier, options, scope, request }: Call): Promise<Target> {
  const controlUrl = ownAddress(request);
  const { controlToken, carrierUrl } = options;
  // Not an app of the commands themselves: they delete and create their apps each time.
  const other = (await listAppsIn(carrier, scope)).find(({ settings }) => !settings.appId.startsWith(APP_ID_PREFIX));
  return {
    url: carrierUrl?.() ?? controlUrl,
    controlUrl,
    controlToken,
    nowMs: carrier.clock.nowMs(),
    subscribers: carrier.settings.subscribers,
    readings: carrier.settings.readings,
    otherApp: other && { appId: other.settings.appId, shortId: other.shortId },
  };
}
