/** A text with a copy button: a command, a program, a body. */
import type { ComponentChildren } from 'preact';
import { CopyButton } from './copy-button.js';

interface CopiedTextProps {
  readonly text: string;
  /** The accessible name. */
  readonly name: string;
  /** The displayed text, if it is coloured. */
  readonly children?: ComponentChildren;
  /** Whether a long line may break within a word. */
  readonly breaksWords?: boolean;
}

export function CopiedText({ text, name, children = text, breaksWords = false }: CopiedTextProps) {
  return (
    <section class="copied-text" aria-label={name}>
      <CopyButton text={text} of={name} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard */}
      <pre class={breaksWords ? 'break-words' : undefined} tabIndex={0}>
        {children}
      </pre>
    </section>
  );
}
