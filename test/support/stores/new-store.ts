/** How a suite over all stores makes one. */
import type { StateStore, StoreLimits } from '../../../mock-server/ports/state-store.js';

export type NewStore = (limits: StoreLimits) => StateStore | Promise<StateStore>;
