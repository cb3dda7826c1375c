/** Texts with a copy button: commands, JSON, credentials. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { type MessageId, t } from '../messages/message.js';
import { Button } from './panel.js';
import { shellTokens, wrapArguments } from './shell-command.js';

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

interface TextProps {
  readonly text: string;
  /** The accessible name. */
  readonly name: string;
}

function Copied({ text, name, children }: TextProps & { readonly children: ComponentChildren }) {
  return (
    <section class="copied-text" aria-label={name}>
      <CopyButton text={text} of={name} />
      {children}
    </section>
  );
}

export function PlainText({ text, name }: TextProps) {
  return (
    <Copied text={text} name={name}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </Copied>
  );
}

export function ShellText({ text, name }: TextProps) {
  const wrapped = wrapArguments(text);
  return (
    <Copied text={wrapped} name={name}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <pre class="break-words" tabIndex={0}>
        {shellTokens(wrapped).map(({ kind, text: token }, at) => (
          // Keyed by index: tokens have no id.
          <span key={at} class={`code-${kind}`}>
            {token}
          </span>
        ))}
      </pre>
    </Copied>
  );
}

/** Coloured JSON with collapsible objects and lists. A text that is not JSON is shown unchanged. */
export function JsonText({ text, name }: TextProps) {
  const json = parsed(text);
  return (
    <Copied text={json === undefined ? text : JSON.stringify(json.value, undefined, 2)} name={name}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <div class="json" tabIndex={0}>
        {json === undefined ? text : <Value value={json.value} />}
      </div>
    </Copied>
  );
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

interface ValueProps {
  readonly value: unknown;
  readonly name?: string;
  readonly isLast?: boolean;
}

function Value({ value, name, isLast = true }: ValueProps) {
  const end = isLast ? '' : ',';
  const label = name !== undefined && (
    <>
      <span class="code-name">{JSON.stringify(name)}</span>
      {': '}
    </>
  );
  if (typeof value !== 'object' || value === null) {
    return (
      <div>
        {label}
        <span class={typeof value === 'string' ? 'code-string' : 'code-literal'}>{JSON.stringify(value)}</span>
        {end}
      </div>
    );
  }
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) {
    return (
      <div>
        {label}
        {`${open}${close}${end}`}
      </div>
    );
  }
  return (
    <details open>
      <summary>
        {label}
        {open}
        <span class="json-folded">{` … ${close}${end}`}</span>
      </summary>
      <div class="json-inside">
        {entries.map(([key, one], at) => (
          <Value key={key} {...(!isList && { name: key })} value={one} isLast={at === entries.length - 1} />
        ))}
      </div>
      {`${close}${end}`}
    </details>
  );
}

/** A credential, hidden until the user shows it. It can be copied while hidden. */
export function Secret({ name, value }: { readonly name: string; readonly value: string }) {
  const isShown = useSignal(false);
  const text = t(isShown.value ? 'hide' : 'show');
  return (
    <span class="secret">
      <code>{isShown.value ? value : '••••••••••••'}</code>
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
