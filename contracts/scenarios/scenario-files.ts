/** The scenarios of both operations, in the order of the document. */
import type { ScenarioFile } from '../consumer/scenario.js';
import loginTokenValidate from './login-token-validate.json' with { type: 'json' };
import tokenValidate from './token-validate.json' with { type: 'json' };

export const SCENARIO_FILES: readonly ScenarioFile[] = [
  loginTokenValidate,
  tokenValidate,
] as unknown as readonly ScenarioFile[];
