/** All case files with complete cases, in the order of the document's tables of codes. A test checks that the list is complete. */

import login103000 from '../cases/login-token-validate/103000.json' with { type: 'json' };
import login103101 from '../cases/login-token-validate/103101.json' with { type: 'json' };
import login103113 from '../cases/login-token-validate/103113.json' with { type: 'json' };
import login103119 from '../cases/login-token-validate/103119.json' with { type: 'json' };
import login103133 from '../cases/login-token-validate/103133.json' with { type: 'json' };
import login103211 from '../cases/login-token-validate/103211.json' with { type: 'json' };
import login103412 from '../cases/login-token-validate/103412.json' with { type: 'json' };
import login103414 from '../cases/login-token-validate/103414.json' with { type: 'json' };
import login103511 from '../cases/login-token-validate/103511.json' with { type: 'json' };
import login103811 from '../cases/login-token-validate/103811.json' with { type: 'json' };
import login104201 from '../cases/login-token-validate/104201.json' with { type: 'json' };
import login105018 from '../cases/login-token-validate/105018.json' with { type: 'json' };
import login105019 from '../cases/login-token-validate/105019.json' with { type: 'json' };
import login105312 from '../cases/login-token-validate/105312.json' with { type: 'json' };
import login105313 from '../cases/login-token-validate/105313.json' with { type: 'json' };
import loginPrecedence from '../cases/login-token-validate/precedence.json' with { type: 'json' };
import verify000 from '../cases/token-validate/000.json' with { type: 'json' };
import verify001 from '../cases/token-validate/001.json' with { type: 'json' };
import verify002 from '../cases/token-validate/002.json' with { type: 'json' };
import verify003 from '../cases/token-validate/003.json' with { type: 'json' };
import verify004 from '../cases/token-validate/004.json' with { type: 'json' };
import verify102 from '../cases/token-validate/102.json' with { type: 'json' };
import verify124 from '../cases/token-validate/124.json' with { type: 'json' };
import verify302 from '../cases/token-validate/302.json' with { type: 'json' };
import verify303 from '../cases/token-validate/303.json' with { type: 'json' };
import verify606 from '../cases/token-validate/606.json' with { type: 'json' };
import verify999 from '../cases/token-validate/999.json' with { type: 'json' };
import verify103420 from '../cases/token-validate/103420.json' with { type: 'json' };
import verifyPrecedence from '../cases/token-validate/precedence.json' with { type: 'json' };
import type { Case, CaseFile } from './case.js';
import { LEVELS } from './result.js';

/** As in the file: a case has the members of `defaults` that it does not have itself. The level follows from the basis. */
interface FileWithDefaults extends Omit<CaseFile, 'cases'> {
  readonly defaults?: Partial<Case>;
  readonly cases: readonly Omit<Case, 'level'>[];
}

const FILES = [
  login103000,
  login103101,
  login103113,
  login103119,
  login103133,
  login103211,
  login103412,
  login103414,
  login103511,
  login103811,
  login104201,
  login105018,
  login105019,
  login105312,
  login105313,
  loginPrecedence,
  verify000,
  verify001,
  verify002,
  verify003,
  verify004,
  verify102,
  verify124,
  verify302,
  verify303,
  verify606,
  verify999,
  verify103420,
  verifyPrecedence,
] as unknown as readonly FileWithDefaults[];

export const CASE_FILES: readonly CaseFile[] = FILES.map(({ defaults, cases, ...file }) => ({
  ...file,
  cases: cases.map((one) => {
    const testCase = { ...defaults, ...one };
    return { ...testCase, level: LEVELS[testCase.basis] };
  }),
}));
