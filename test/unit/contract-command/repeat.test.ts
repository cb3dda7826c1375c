/** The command that repeats a case uses the settings of the run. */
import { expect, test } from 'vitest';
import { repeatCommand } from '../../../contracts/command/repeat.js';
import type { CaseResult } from '../../../contracts/kit/result.js';

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

test('the command includes the calibration', () => {
  const values = { mock: 'http://127.0.0.1:9', calibration: 'calibration.json' };
  expect(repeatCommand({ suite: 'provider', program: 'cmpassport-mock', values }, RESULT)).toBe(
    'cmpassport-mock contract provider --mock http://127.0.0.1:9 --calibration calibration.json --only loginTokenValidate/103000/md5',
  );
});
