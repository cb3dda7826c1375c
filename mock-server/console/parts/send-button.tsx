/** A button that sends a request to the carrier. While it waits, it shows the time and cancels. */
import { type Signal, useSignal } from '@preact/signals';
import { t } from '../messages/message.js';
import { nowMs, tickMs } from '../state/now.js';
import { storedChoice } from '../state/stored-choice.js';
import { bound, choices, Select } from './field.js';
import { Button } from './panel.js';

const SECONDS = ['1', '3', '5', '10', '30', '60'] as const;

/** In seconds, of every request that this page sends. */
const clientTimeout = storedChoice<(typeof SECONDS)[number]>({
  name: 'clientTimeout',
  options: SECONDS,
  otherwise: '30',
});

/** A request that waits for its response. */
export interface Sending {
  readonly sinceMs: number;
  cancel(): void;
}

type Send = (stopped: AbortSignal) => Promise<unknown>;

/** `sending` has a value until it ends, is cancelled or times out. */
async function sendWithin(sending: Signal<Sending | undefined>, send: Send): Promise<void> {
  const cancelling = new AbortController();
  const current: Sending = { sinceMs: nowMs(), cancel: () => cancelling.abort() };
  sending.value = current;
  const timeout = AbortSignal.timeout(Number(clientTimeout.value) * 1000);
  try {
    await send(AbortSignal.any([cancelling.signal, timeout]));
  } finally {
    if (sending.peek() === current) sending.value = undefined;
  }
}

/** `3.2 s`, with the page's tick. */
function waited({ sinceMs }: Pick<Sending, 'sinceMs'>): string {
  void tickMs.value;
  return `${((nowMs() - sinceMs) / 1000).toFixed(1)} s`;
}

/** Without `role="status"`: a screen reader would read the time four times a second. */
export function Waiting(since: Pick<Sending, 'sinceMs'>) {
  return (
    <p class="hint">
      {t('handset.sending')} {waited(since)}
    </p>
  );
}

interface SendButtonProps {
  readonly text: string;
  readonly class?: string;
  readonly send: Send;
  /** Default: known to this button alone. */
  readonly sending?: Signal<Sending | undefined>;
}

export function SendButton({ text, class: className, send, sending: shared }: SendButtonProps) {
  const own = useSignal<Sending | undefined>(undefined);
  const sending = shared ?? own;
  const current = sending.value;
  if (current === undefined)
    return <Button class={className} text={text} onClick={() => sendWithin(sending, send)} />;
  return (
    <Button
      class={className}
      text={t('send.cancel', { time: waited(current) })}
      aria-label={t('cancel')}
      onClick={current.cancel}
    />
  );
}

export function TimeoutSelect() {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the select is in it
    <label class="inline-label">
      {t('send.timeout')}
      <Select options={choices(SECONDS, (seconds) => `${seconds} s`)} {...bound(clientTimeout)} />
    </label>
  );
}
