/** A text to copy: a command, a program, a body. */
import type { MessageId } from '../messages/en.js';
import { CopyButton } from './copy-button.js';

interface CopiedTextProps {
  readonly text: string;
  /** What it is. */
  readonly name: string;
  readonly label?: MessageId;
}

export function CopiedText({ text, name, label = 'copy' }: CopiedTextProps) {
  return (
    <section class="copied-text" aria-label={name}>
      <CopyButton text={text} of={name} label={label} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and whoever has no mouse scrolls it by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </section>
  );
}
