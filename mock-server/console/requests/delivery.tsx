/** Whether and when the response of a request was delivered. */
import type { JournalRecord } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { duration } from '../parts/times.js';

/** Marks a response that is pending or was not delivered. */
export function Undelivered({ record }: { readonly record: JournalRecord }) {
  const { resultCode, delivery } = record;
  // Without a code, the title says why.
  if (delivery.state === 'delivered' || (resultCode === null && delivery.state !== 'pending'))
    return null;
  return <span class={`delivery ${delivery.state}`}>{t(`delivery.${delivery.state}`)}</span>;
}

/** Until the response was delivered or failed; nothing while it is pending. */
export function durationWords(record: JournalRecord): string {
  const { receivedAtMs, decidedAtMs, durationMs, delivery } = record;
  if (delivery.atMs === null) return '';
  return duration(delivery.atMs > decidedAtMs ? delivery.atMs - receivedAtMs : durationMs);
}

/** When the response was delivered, or why it was not; null if it was sent at once. */
export function deliveryWords(record: JournalRecord): string | null {
  const { decidedAtMs, delivery } = record;
  const { state, atMs, reason } = delivery;
  if (state === 'pending') return t('delivery.pending');
  if (state === 'notDelivered') return t(`delivery.${reason ?? 'reset'}`);
  return atMs === decidedAtMs ? null : t('delivery.after', { time: durationWords(record) });
}
