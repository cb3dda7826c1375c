/** Texts with a copy button: commands, JSON, credentials. */
import { useSignal } from '@preact/signals';
import { printableLines } from '../../../src/text/printable.js';
import { type MessageId, t } from '../messages/message.js';
import { hidden, masked } from '../state/secrets.js';
import { Button } from './panel.js';

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
    await copyText(text);
    isDone.value = true;
    setTimeout(() => {
      isDone.value = false;
    }, DONE_SHOWN_MS);
  };
  return (
    <Button
      class="small"
      text={isDone.value ? `✓ ${t('copied')}` : t(label)}
      aria-label={of === undefined ? undefined : `${t(label)}: ${of}`}
      onClick={copy}
    />
  );
}

interface TextProps {
  readonly text: string;
  /** For screen readers. */
  readonly name: string;
}

/** A short text with its copy button. */
export function Copied({ text, name, class: className }: TextProps & { readonly class?: string }) {
  return (
    <span class="copied">
      <code class={className}>{masked(text)}</code> <CopyButton text={text} of={name} />
    </span>
  );
}

/** Over plain HTTP from another machine, browsers have no `navigator.clipboard`. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined && window.isSecureContext)
    return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (!isCopied) throw new Error('the browser did not copy');
}

/** Of several lines. */
export function PlainText({ text, name }: TextProps) {
  return (
    <section class="copied-text" aria-label={name}>
      <CopyButton text={text} of={name} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <pre tabIndex={0}>{printableLines(masked(text))}</pre>
    </section>
  );
}

/** Indented. A text that is not JSON stays unchanged. */
export function JsonText({ text, name }: TextProps) {
  return <PlainText text={indented(text)} name={name} />;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

/** A credential, hidden except for its end until the user shows it. It can be copied while hidden. */
export function Secret({ name, value }: { readonly name: string; readonly value: string }) {
  const isShown = useSignal(false);
  const text = t(isShown.value ? 'hide' : 'show');
  return (
    <span class="secret">
      <code>{isShown.value ? value : hidden(value)}</code>
      <Button
        class="small"
        text={text}
        aria-pressed={isShown.value}
        aria-label={`${text}: ${name}`}
        onClick={() => {
          isShown.value = !isShown.value;
        }}
      />
      <CopyButton text={value} of={name} />
    </span>
  );
}
