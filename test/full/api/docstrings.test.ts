/** Every exported name is documented, and every example in the documentation compiles as it stands. */
import { describe, expect, test } from 'vitest';
import { ENTRIES, type Entry, exampleErrors, exportedNames } from '../../support/public-api.js';

const NAMES = exportedNames();
const ALL_EXAMPLES = NAMES.flatMap(({ examples }) => examples);

describe.each(Object.keys(ENTRIES) as Entry[])('%s', (entry) => {
  const names = NAMES.filter((name) => name.entry === entry);

  test('exports something', () => {
    expect(names).not.toHaveLength(0);
  });

  test.each(names)('$name has a docstring', ({ documentation }) => {
    expect(documentation).not.toBe('');
  });

  test.each(names.filter(({ isFunction }) => isFunction))('$name has an example', ({ examples }) => {
    expect(examples).not.toHaveLength(0);
  });
});

test('every example compiles as a module of its own', () => {
  expect(ALL_EXAMPLES).not.toHaveLength(0);
  expect(exampleErrors(ALL_EXAMPLES)).toEqual([]);
});

test('an example that is wrong would be found', () => {
  expect(exampleErrors(["import { connectMock } from 'cmpassport-mock/control'; connectMock(1);"])).toHaveLength(1);
  expect(exampleErrors(["import { nothing } from 'cmpassport-mock/control'; nothing();"])).toHaveLength(1);
});
