/** A text to copy: a command, a program, a body. */
import type { ComponentChildren } from 'preact';
import { CopyButton } from './copy-button.js';

interface CopiedTextProps {
  readonly text: string;
  /** What it is. */
  readonly name: string;
  /** The text as it is shown, if it is coloured. */
  readonly children?: ComponentChildren;
  /** Whether a line that is too long breaks within a word. */
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
