/** Texts with a copy button: commands, JSON, credentials. */
import { useSignal } from '@preact/signals';
import { printableLines } from '../../../src/text/printable.js';
import { type MessageId, t } from '../messages/message.js';
import { jsonTokens, shellTokens, type Token, wrapArguments } from './code-tokens.js';
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
      <code class={className}>{text}</code> <CopyButton text={text} of={name} />
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

function Code({ tokens, name }: { readonly tokens: readonly Token[]; readonly name: string }) {
  return (
    <section class="copied-text" aria-label={name}>
      <CopyButton text={tokens.map(({ text }) => text).join('')} of={name} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <pre tabIndex={0}>
        {tokens.map(({ kind, text }, at) => (
          // Keyed by index: tokens have no id.
          <span key={at} class={`code-${kind}`}>
            {printableLines(text)}
          </span>
        ))}
      </pre>
    </section>
  );
}

export function PlainText({ text, name }: TextProps) {
  return <Code tokens={[{ kind: 'plain', text }]} name={name} />;
}

export function ShellText({ text, name }: TextProps) {
  return <Code tokens={shellTokens(wrapArguments(text))} name={name} />;
}

export function JsonText({ text, name }: TextProps) {
  return <Code tokens={jsonTokens(text)} name={name} />;
}

const SHOWN_END = 4;

/** A credential, hidden except for its end until the user shows it. It can be copied while hidden. */
export function Secret({ name, value }: { readonly name: string; readonly value: string }) {
  const isShown = useSignal(false);
  const text = t(isShown.value ? 'hide' : 'show');
  return (
    <span class="secret">
      <code>
        {isShown.value
          ? value
          : `••••••••${value.length > 2 * SHOWN_END ? value.slice(-SHOWN_END) : ''}`}
      </code>
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
