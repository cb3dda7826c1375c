/** A button that copies a text and confirms it. */
import { useSignal } from '@preact/signals';
import { t } from '../messages/message.js';
import type { MessageId } from '../messages/messages.js';
import { notifyProblem } from '../state/notices.js';

const DONE_SHOWN_MS = 1500;

interface CopyButtonProps {
  readonly text: string;
  readonly label?: MessageId;
  /** Names the copied text for screen readers. */
  readonly of?: string;
}

export function CopyButton({ text, label = 'copy', of }: CopyButtonProps) {
  const isDone = useSignal(false);
  const copy = async () => {
    try {
      await copyText(text);
      isDone.value = true;
      setTimeout(() => {
        isDone.value = false;
      }, DONE_SHOWN_MS);
    } catch (error) {
      notifyProblem(error);
    }
  };
  return (
    <button type="button" class="small" onClick={copy} aria-label={of === undefined ? undefined : `${t(label)}: ${of}`}>
      {isDone.value ? `✓ ${t('copied')}` : t(label)}
    </button>
  );
}

/** Over plain HTTP from another machine, browsers have no `navigator.clipboard`. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (!isCopied) throw new Error('the browser did not copy');
}
