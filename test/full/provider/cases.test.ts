/** Every case of the contract over each transport. test/kit runs them without HTTP. */
import { describe } from 'vitest';
import { caseTests, isCarriedBy } from '../../kit/provider/case-suite.js';
import { ALL_CASES } from '../../kit/provider/parity.js';
import { SUBJECTS } from '../../kit/provider/subjects.js';

describe.each(SUBJECTS.filter(({ hasTransport }) => hasTransport))('over $name', (subject) => {
  caseTests(ALL_CASES.filter(isCarriedBy(subject)), subject);
});
