/** All calls of the control API. */

import { CLOCK_ROUTES, LEDGER_ROUTES, SNAPSHOTS_ROUTES } from './app-state.js';
import { APPS_ROUTES, RESET_ROUTES } from './apps.js';
import { OUTCOMES_ROUTES } from './outcomes.js';
import { REFERENCE_ROUTES, RESULT_CODES_ROUTES } from './reference.js';
import { REQUESTS_ROUTES } from './requests.js';
import type { Route } from './route.js';
import { SERVER_ROUTES } from './server.js';
import { ACCESS_TOKENS_ROUTES, TOKENS_ROUTES } from './tokens.js';
import { TOOLS_ROUTES } from './tools.js';

export const ROUTES: readonly Route[] = [
  ...SERVER_ROUTES,
  ...RESULT_CODES_ROUTES,
  ...RESET_ROUTES,
  ...APPS_ROUTES,
  ...TOKENS_ROUTES,
  ...ACCESS_TOKENS_ROUTES,
  ...CLOCK_ROUTES,
  ...OUTCOMES_ROUTES,
  ...SNAPSHOTS_ROUTES,
  ...REQUESTS_ROUTES,

  ...LEDGER_ROUTES,
  ...REFERENCE_ROUTES,
  ...TOOLS_ROUTES,
];
