/** Creates a store for a suite that runs on all stores. */
import type { StateStore, StoreLimits } from '../../../mock-server/carrier/store/state-store.js';

export type NewStore = (limits: StoreLimits) => StateStore | Promise<StateStore>;
