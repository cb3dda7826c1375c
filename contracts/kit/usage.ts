/** Makes a usage error of the kit's commands from its row. */
import { type ArgumentsOf, message } from '../../src/text/catalogue.js';
import { UsageError } from '../../src/text/usage-error.js';
import { USAGE_MESSAGES } from './usage-messages.js';

type UsageId = keyof typeof USAGE_MESSAGES;

export function usage<Id extends UsageId>(
  id: Id,
  ...[parameters]: ArgumentsOf<(typeof USAGE_MESSAGES)[Id]>
): UsageError {
  return new UsageError(message(USAGE_MESSAGES[id], parameters), id);
}
