/** The text that a wrong sign was made of. */
import { askRules } from '../../carrier/engine/decide.js';
import type { Subject } from '../subject.js';
import { searchSign } from './search.js';

/** null where the sign is right, by the app's readings, and where no known mistake reproduces it. */
export function signedString(subject: Subject): string | null {
  return isSignRight(subject) ? null : (searchSign(subject).text ?? null);
}

function isSignRight({ request, state, atMs, exchange: { clientIp } }: Subject): boolean {
  const rules = askRules(request, state, { nowMs: atMs, clientIp });
  return rules.some(({ requires, holds }) => requires === 'signValid' && holds());
}
