/** A result code in colour and in words. */
import type { Operation } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { language } from '../state/language.js';
import { resultCodeRow, resultCodes } from '../state/server-data.js';

interface CodeBadgeProps {
  readonly operation: Operation;
  /** null where nothing was decided. */
  readonly code: string | null;
  readonly withWords?: boolean;
  /** If it is not that of the code. */
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
  // Until the codes are loaded, nothing is known of any.
  return resultCodes.value === undefined ? '' : t('code.undocumented');
}

/** 001 is no failure, and no login either. */
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

/** The carrier did what it was asked. */
export function isSuccess(code: string | null): boolean {
  return toneOf(code) === 'good';
}
