/** The scenarios of both operations, in the order of the document. */

import loginTokenValidate from '../scenarios/login-token-validate.json' with { type: 'json' };
import tokenValidate from '../scenarios/token-validate.json' with { type: 'json' };
import type { ScenarioFile } from './scenario.js';

export const SCENARIO_FILES: readonly ScenarioFile[] = [
  loginTokenValidate,
  tokenValidate,
] as unknown as readonly ScenarioFile[];
