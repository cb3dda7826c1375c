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
}

export function CodeBadge({ operation, code, withWords = true }: CodeBadgeProps) {
  const words = codeWords(operation, code);
  return (
    <span class="code">
      <span class={`badge ${toneOf(code)}`}>{code ?? '—'}</span>
      {withWords && <span class="code-words">{words}</span>}
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

type Tone = 'good' | 'fair' | 'bad' | 'none';

const TONES: readonly { readonly code: string | null; readonly tone: Tone }[] = [
  { code: '103000', tone: 'good' },
  { code: '000', tone: 'good' },
  { code: '001', tone: 'fair' },
  { code: null, tone: 'none' },
];

export function toneOf(code: string | null): Tone {
  return TONES.find((row) => row.code === code)?.tone ?? 'bad';
}

/** The carrier did what it was asked. */
export function isSuccess(code: string | null): boolean {
  return toneOf(code) === 'good';
}
