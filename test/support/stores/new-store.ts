/** How a suite for all stores creates a store. */
import type { StateStore, StoreLimits } from '../../../mock-server/carrier/store/state-store.js';

export type NewStore = (limits: StoreLimits) => StateStore | Promise<StateStore>;
