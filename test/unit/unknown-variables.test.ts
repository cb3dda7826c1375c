/** Warnings about variables that look like settings of the mock. */
import { expect, test } from 'vitest';
import { unknownVariables } from '../../mock-server/cli/command.js';
import { english } from '../support/bilingual.js';

test.each([
  {
    name: 'CMPASSPORT_PROT',
    warning: 'the variable CMPASSPORT_PROT is unknown and has no effect: did you mean CMPASSPORT_PORT?',
  },
  { name: 'CMPASSPORT_RETRIES', warning: 'the variable CMPASSPORT_RETRIES is unknown and has no effect' },
])('$name gets a warning', ({ name, warning }) => {
  expect(unknownVariables({ [name]: '1' }).map(english)).toEqual([warning]);
});

test('settings, the variables of exec and of the contract kit, and other variables get none', () => {
  const names = ['CMPASSPORT_PORT', 'CMPASSPORT_BASE', 'CMPASSPORT_BASE_URL', 'CMPASSPORT_SCENARIO', 'PORT'];
  expect(unknownVariables(Object.fromEntries(names.map((name) => [name, '1'])))).toEqual([]);
});
