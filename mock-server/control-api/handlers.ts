/** The handler of each call. */

import { CLOCK_HANDLERS, LEDGER_HANDLERS, SNAPSHOTS_HANDLERS } from './app-state.js';
import { APPS_HANDLERS } from './apps.js';
import { OUTCOMES_HANDLERS } from './outcomes.js';
import { REFERENCE_HANDLERS } from './reference.js';
import { REQUESTS_HANDLERS } from './requests.js';
import type { Handlers } from './route.js';
import { SERVER_HANDLERS } from './server.js';
import { TOKENS_HANDLERS } from './tokens.js';
import { TOOLS_HANDLERS } from './tools.js';

export const HANDLERS: Handlers = {
  ...SERVER_HANDLERS,
  ...APPS_HANDLERS,
  ...TOKENS_HANDLERS,
  ...CLOCK_HANDLERS,
  ...OUTCOMES_HANDLERS,
  ...SNAPSHOTS_HANDLERS,
  ...REQUESTS_HANDLERS,
  ...LEDGER_HANDLERS,
  ...REFERENCE_HANDLERS,
  ...TOOLS_HANDLERS,
};
