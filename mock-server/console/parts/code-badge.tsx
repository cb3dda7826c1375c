/** A result code as a coloured badge, with its description. */
import type { Operation } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { language } from '../state/language.js';
import { resultCodeRow, resultCodes } from '../state/server-data.js';

interface CodeBadgeProps {
  readonly operation: Operation;
  /** null if nothing was decided. */
  readonly code: string | null;
  readonly withWords?: boolean;
  /** Default: the tone of the code. */
  readonly tone?: Tone | undefined;
}

export function CodeBadge({ operation, code, withWords = true, tone = toneOf(code) }: CodeBadgeProps) {
  return (
    <span class="code">
      <span class={`badge ${tone}`}>{code ?? '—'}</span>
      {withWords && <span class="code-words">{codeWords(operation, code)}</span>}
    </span>
  );
}

export function codeWords(operation: Operation, code: string | null): string {
  if (code === null) return t('code.none');
  const row = resultCodeRow(operation, code);
  if (row !== undefined) return row[language.value === 'zh' ? 'desc' : 'descEn'];
  // Empty until the codes are loaded.
  return resultCodes.value === undefined ? '' : t('code.undocumented');
}

/** `info` is for 001, which is neither a failure nor a success. */
export type Tone = 'good' | 'info' | 'fair' | 'bad' | 'none';

const TONES: readonly { readonly code: string | null; readonly tone: Tone }[] = [
  { code: '103000', tone: 'good' },
  { code: '000', tone: 'good' },
  { code: '001', tone: 'info' },
  { code: null, tone: 'none' },
];

export function toneOf(code: string | null): Tone {
  return TONES.find((row) => row.code === code)?.tone ?? 'bad';
}

export function isSuccess(code: string | null): boolean {
  return toneOf(code) === 'good';
}
