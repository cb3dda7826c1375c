/** The schemas of requests and responses: the document's samples, and messages with one change each. The document, 1.2 to 1.4 and 2.3 to 2.5. */
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../contracts/index.js';
import { patched } from '../../../contracts/kit/pointer.js';
import {
  LOGIN_REQUEST_SAMPLE,
  LOGIN_RESPONSE_SAMPLE,
  VERIFY_REQUEST_SAMPLE,
  VERIFY_RESPONSE_SAMPLE,
} from '../../support/document-samples.js';
import table from './messages.json' with { type: 'json' };
import { type Direction, problemsOf } from './validators.js';

type Row = readonly [
  description: string,
  changes: Readonly<Record<string, unknown>>,
  ...problems: string[],
];

interface Message {
  readonly operation: Operation;
  readonly direction: Direction;
  readonly value: object;
  readonly rows: readonly Row[];
}

const MESSAGES = Object.entries(table.messages as unknown as Readonly<Record<string, Message>>);

describe.each(MESSAGES)('%s', (_, { operation, direction, value, rows }) => {
  test.each(
    rows.map(([description, changes, ...problems]) => ({ description, changes, problems })),
  )('$description: $problems', ({ changes, problems }) => {
    const patches = Object.entries(changes).map(([path, change]) =>
      change === 'absent'
        ? ({ op: 'remove', path } as const)
        : ({ op: 'add', path, value: change } as const),
    );
    expect(problemsOf(operation, direction, patched(value, patches))).toEqual(problems);
  });
});

type Other = readonly [
  operation: Operation,
  direction: Direction,
  value: unknown,
  ...problems: string[],
];

test.each((table.others as unknown as readonly Other[]).map(([...row]) => ({ row })))(
  '$row is refused',
  ({ row: [operation, direction, value, ...problems] }) => {
    expect(problemsOf(operation, direction, value)).toEqual(problems);
  },
);

test.each([
  { operation: 'loginTokenValidate', direction: 'request', text: LOGIN_REQUEST_SAMPLE },
  // With its number unmasked.
  {
    operation: 'loginTokenValidate',
    direction: 'response',
    text: LOGIN_RESPONSE_SAMPLE.replace('xxxxxxxx', '12345678'),
  },
  { operation: 'tokenValidate', direction: 'request', text: VERIFY_REQUEST_SAMPLE },
  // With its missing comma.
  {
    operation: 'tokenValidate',
    direction: 'response',
    text: VERIFY_RESPONSE_SAMPLE.replace('"是本机号码"', '"是本机号码",'),
  },
] as const)(
  'the document’s sample is valid: $operation, $direction',
  ({ operation, direction, text }) => {
    expect(problemsOf(operation, direction, JSON.parse(text))).toEqual([]);
  },
);
