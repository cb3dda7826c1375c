/** The engine has a module for each operation. Without one, most other test files do not load. */
import { expect, test } from 'vitest';
import { OPERATION_MODULES } from '../../../mock-server/carrier/engine/operations/operations.js';
import { OPERATIONS } from '../../../src/protocol/operations.js';

test.each(OPERATIONS)('$operation has its module', ({ operation }) => {
  expect(Object.keys(OPERATION_MODULES)).toContain(operation);
});
