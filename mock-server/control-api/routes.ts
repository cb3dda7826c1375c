/** All calls of the control API. */
import { ACCESS_TOKENS_ROUTES } from './access-tokens.js';
import { APPS_ROUTES, RESET_ROUTES } from './apps.js';
import { CLOCK_ROUTES } from './clock.js';
import { EVENTS_ROUTES } from './events.js';
import { HEALTH_ROUTES } from './health.js';
import { LEDGER_ROUTES } from './ledger.js';
import { OUTCOMES_ROUTES } from './outcomes.js';
import { REFERENCE_ROUTES } from './reference.js';
import { REQUESTS_ROUTES } from './requests.js';
import { RESULT_CODES_ROUTES } from './result-codes.js';
import type { Route } from './route.js';
import { SERVER_FILE_ROUTES } from './server-files.js';
import { SNAPSHOTS_ROUTES } from './snapshots.js';
import { SUBSCRIBERS_ROUTES } from './subscribers.js';
import { TOKENS_ROUTES } from './tokens.js';
import { TOOLS_ROUTES } from './tools.js';

export const ROUTES: readonly Route[] = [
  ...HEALTH_ROUTES,
  ...SERVER_FILE_ROUTES,
  ...RESULT_CODES_ROUTES,
  ...RESET_ROUTES,
  ...APPS_ROUTES,
  ...TOKENS_ROUTES,
  ...ACCESS_TOKENS_ROUTES,
  ...CLOCK_ROUTES,
  ...OUTCOMES_ROUTES,
  ...SUBSCRIBERS_ROUTES,
  ...SNAPSHOTS_ROUTES,
  ...REQUESTS_ROUTES,
  ...EVENTS_ROUTES,
  ...LEDGER_ROUTES,
  ...REFERENCE_ROUTES,
  ...TOOLS_ROUTES,
];
