/** How a suite over all stores makes one. */
import type { StateStore, StoreLimits } from '../../../mock-server/carrier/store/state-store.js';

export type NewStore = (limits: StoreLimits) => StateStore | Promise<StateStore>;
