/** The memory store, by the suite that every store has to pass. */
import { createMemoryStore } from '../../mock-server/stores/memory.js';
import { boundCases } from './bound-cases.js';
import { censusCases } from './census-cases.js';
import { storeCases } from './store-cases.js';

storeCases('memory', createMemoryStore);
boundCases('memory', createMemoryStore);
censusCases('memory', createMemoryStore);
