/** Coloured JSON with collapsible objects and lists. A text that is not JSON is shown unchanged. */
import { CopyButton } from './copy-button.js';

interface JsonTextProps {
  readonly text: string;
  /** The accessible name. */
  readonly name: string;
}

export function JsonText({ text, name }: JsonTextProps) {
  const json = parsed(text);
  return (
    <section class="copied-text" aria-label={name}>
      <CopyButton text={prettyJson(text)} of={name} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <div class="json" tabIndex={0}>
        {json === undefined ? text : <Value value={json.value} />}
      </div>
    </section>
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
  if (typeof value !== 'object' || value === null) {
    return (
      <div>
        <Name name={name} />
        <span class={kindOf(value)}>{JSON.stringify(value)}</span>
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
        <Name name={name} />
        {`${open}${close}${end}`}
      </div>
    );
  }
  return (
    <details open>
      <summary>
        <Name name={name} />
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

function Name({ name }: { readonly name: string | undefined }) {
  return name === undefined ? null : (
    <>
      <span class="code-name">{JSON.stringify(name)}</span>
      {': '}
    </>
  );
}

function kindOf(value: unknown): string {
  return typeof value === 'string' ? 'code-string' : 'code-literal';
}

/** Indents JSON. Returns a text that is not JSON unchanged. */
function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
