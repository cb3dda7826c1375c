/** The checks of all sent requests, by the last part of their ids. */
import type { SentCheck } from './check.js';
import { FIELD_CHECKS } from './fields.js';
import { ONCE_CHECKS } from './once.js';
import { SIGNATURE_CHECKS } from './signed.js';
import { WIRE_CHECKS } from './wire.js';

export const SENT_CHECKS: Readonly<Record<string, SentCheck>> = {
  ...WIRE_CHECKS,
  ...FIELD_CHECKS,
  ...SIGNATURE_CHECKS,
  ...ONCE_CHECKS,
};

export function sentCheckOf(id: string): SentCheck {
  const found = SENT_CHECKS[id.split('/').at(-1) ?? ''];
  if (found === undefined) throw new TypeError(`${id} has no check`);
  return found;
}
