/** The memory store passes the suite of all stores. */
import { createMemoryStore } from '../../../mock-server/carrier/store/memory.js';
import { boundCases, censusCases } from '../../support/stores/bound-cases.js';
import { storeCases } from '../../support/stores/store-cases.js';

storeCases('memory', createMemoryStore);
boundCases('memory', createMemoryStore);
censusCases('memory', createMemoryStore);
