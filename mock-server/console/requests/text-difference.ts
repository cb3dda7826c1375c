/** Two texts side by side: what both have, and what only one of them has. */
import { type ChangeObject, diffChars } from 'diff';

export interface TextPart {
  readonly text: string;
  /** `both`, or whose it is alone. */
  readonly in: 'both' | 'received' | 'expected';
}

// A text to sign is some two hundred characters. Beyond this the comparison would hold up the page.
const COMPARED_MAX = 8192;
const EDITS_MAX = 500;

/** Letters that two secrets happen to share at one place say nothing: what stays the same between two changes is longer. */
const SAME_MIN = 4;

/** In order; undefined where the texts are too long, or have too little in common, to compare. */
export function textDifference(received: string, expected: string): readonly TextPart[] | undefined {
  if (received.length + expected.length > COMPARED_MAX) return undefined;
  const parts = diffChars(received, expected, { maxEditLength: EDITS_MAX })?.map(toPart);
  return parts?.flatMap((part, at) => (isChance(parts, at) ? apart(part) : [part]));
}

function toPart({ value, added, removed }: ChangeObject<string>): TextPart {
  if (added) return { text: value, in: 'expected' };
  return { text: value, in: removed ? 'received' : 'both' };
}

function isChance(parts: readonly TextPart[], at: number): boolean {
  const part = parts[at];
  const isBetween = at > 0 && at < parts.length - 1;
  return isBetween && part?.in === 'both' && part.text.length < SAME_MIN;
}

function apart({ text }: TextPart): readonly TextPart[] {
  return [
    { text, in: 'received' },
    { text, in: 'expected' },
  ];
}
