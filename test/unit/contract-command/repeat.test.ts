/**
 * The command that repeats a case uses the settings of the run. The invocation of the command, as shown in printed
 * commands.
 */
import { expect, test } from 'vitest';
import { CONSUMER_ROWS } from '../../../contracts/command/consumer-command.js';
import { idsMatching } from '../../../contracts/command/listing.js';
import { PROVIDER_ROWS } from '../../../contracts/command/provider-command.js';
import { repeatCommand } from '../../../contracts/command/reports.js';
import type { CaseResult } from '../../../contracts/kit/result.js';
import { invocationOf } from '../../../mock-server/cli/invocation.js';

const RESULT: CaseResult = {
  suite: 'provider',
  id: 'loginTokenValidate/103000/md5',
  description: 'a valid request gets the number',
  operation: 'loginTokenValidate',
  level: 'MUST',
  basis: 'documented',
  source: { section: '1.4', sentence: '返回成功' },
  status: 'fail',
  durationMs: 1,
  differences: [],
};

test('the command has the flags that affect the result, and no secret', () => {
  const values = {
    mock: 'http://127.0.0.1:9',
    controlToken: 's3cret',
    spendLimit: 0,
    calibration: 'a file.json',
    dryRun: true,
    jobs: 1,
    verbose: true,
  };
  const given = { suite: 'provider', flags: PROVIDER_ROWS, program: 'cmpassport-mock' } as const;
  expect(repeatCommand({ ...given, values }, RESULT)).toBe(
    `cmpassport-mock contract provider --mock http://127.0.0.1:9 --spend-limit 0 --calibration 'a file.json' --control-token "$CMPASSPORT_CONTROL_TOKEN" --only loginTokenValidate/103000/md5`,
  );
});

test.each([
  { intercept: true, flags: ' --intercept' },
  { intercept: false, flags: '' },
])('the command has the switch that affects the result: $intercept', ({ intercept, flags }) => {
  const given = { suite: 'consumer', flags: CONSUMER_ROWS, program: 'cmpassport-mock' } as const;
  expect(repeatCommand({ ...given, command: ['./t'], values: { intercept } }, RESULT)).toBe(
    `cmpassport-mock contract consumer${flags} --only loginTokenValidate/103000/md5 -- ./t`,
  );
});

// How `--only` finds cases.

const IDS = [
  'login/103101/zeros',
  'login/103101/zeros-twice',
  'login/103000/md5',
  'verify/302/zeros',
  'verify/302/a.b',
];

test.each([
  {
    description: 'a complete id takes precedence over ids that begin with it',
    name: 'login/103101/zeros',
    found: [0],
  },
  { description: 'the start of an id up to a slash', name: 'login/103101', found: [0, 1] },
  { description: 'the start of an id with its slash', name: 'login/103101/', found: [0, 1] },
  { description: 'the start of an id within a part', name: 'login/103', found: [0, 1, 2] },
  { description: 'a glob', name: '*/zeros', found: [0, 3] },
  { description: 'a glob over parts', name: '*/103101/*', found: [0, 1] },
  { description: 'a question mark', name: 'verify/30?/zeros', found: [3] },
  { description: 'a part of an id', name: 'zeros', found: [0, 1, 3] },
  { description: 'a dot is a dot in a glob', name: '*/a.?', found: [4] },
  { description: 'a glob does not match as a part', name: 'zero?', found: [] },
  { description: 'nothing', name: 'no-such-case', found: [] },
])('$description', ({ name, found }) => {
  expect(idsMatching(name, IDS)).toEqual(found.map((at) => IDS[at]));
});

test.each([
  {
    description: 'a clone',
    script: '/srv/mock/dist/main.js',
    cwd: '/srv/mock',
    shown: 'node dist/main.js',
  },
  {
    description: 'from elsewhere',
    script: '/srv/mock/dist/main.js',
    cwd: '/home',
    shown: 'node /srv/mock/dist/main.js',
  },
  {
    description: 'a path with a space',
    script: '/my work/main.js',
    cwd: '/',
    shown: "node 'my work/main.js'",
  },
  {
    description: 'a dependency',
    script: '/app/node_modules/.bin/cmpassport-mock',
    cwd: '/app',
    shown: 'npx --no -- cmpassport-mock',
  },
  {
    description: 'a global package',
    script: '/usr/bin/cmpassport-mock',
    cwd: '/app',
    shown: 'cmpassport-mock',
  },
])('$description', ({ script, cwd, shown }) => {
  expect(invocationOf({ script, cwd })).toBe(shown);
});
