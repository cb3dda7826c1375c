/** A result code as a coloured badge, with its description. */
import type { Operation } from '../../../src/control/api.js';
import { language, t } from '../messages/message.js';
import { type Tone, toneOf } from '../state/operations.js';
import { resultCodeRow, resultCodes } from '../state/server-data.js';

interface CodeBadgeProps {
  readonly operation: Operation;
  /** null if nothing was decided. */
  readonly code: string | null;
  readonly withWords?: boolean;
  /** Default: the tone of the code. */
  readonly tone?: Tone | undefined;
}

export function CodeBadge({
  operation,
  code,
  withWords = true,
  tone = toneOf(operation, code),
}: CodeBadgeProps) {
  return (
    <span class="code">
      <span class={`badge ${tone}`}>{code ?? '—'}</span>
      {withWords && <span class="code-words">{codeWords(operation, code)}</span>}
    </span>
  );
}

/** Of the document, else of a public list. */
export function codeWords(operation: Operation, code: string | null): string {
  if (code === null) return t('code.none');
  const row =
    resultCodeRow(operation, code) ?? resultCodes.value?.beyond.find((each) => each.code === code);
  if (row !== undefined) return row[language.value === 'zh' ? 'desc' : 'descEn'];
  // Empty until the codes are loaded.
  return resultCodes.value === undefined ? '' : t('code.undocumented');
}
