/** The console imports nothing of the explanations, so it has their names for the parts of an evidence itself. */
import { expect, test } from 'vitest';
import { CHINESE_EVIDENCE_NAMES as CONSOLE } from '../../../mock-server/console/messages/evidence-names.js';
import { CHINESE_EVIDENCE_NAMES } from '../../../mock-server/explain/evidence-names.js';

test('the console and the command call every part of an evidence the same', () => {
  expect([...CONSOLE]).toEqual([...CHINESE_EVIDENCE_NAMES]);
});
