/** What the carrier answers to calls with this phone's number, chosen without a script. The server keeps it as the script of the number. */
import type { Operation } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { codeWords } from '../parts/code-badge.js';
import { type Choice, SelectField } from '../parts/field.js';
import { appState } from '../state/app-state.js';
import { attempt } from '../state/notices.js';
import { isPhoneNumber, remainingOf, setNumberScript } from '../state/scripts.js';
import { appLabel, resultCodes } from '../state/server-data.js';
import { choice, isGone } from './handset-state.js';

/** Answers that are no codes, for every call until another one is chosen. */
const OTHERS = [
  { value: '', text: 'answers.real' },
  { value: 'delay(10s) pass*', text: 'answers.slow' },
  { value: 'hang*', text: 'answers.stuck' },
  { value: 'reset*', text: 'answers.broken' },
  { value: 'truncate*', text: 'answers.half' },
] as const;

export function AnswerField() {
  const { appId, operation, phoneNumber } = choice.value;
  if (appId === undefined || isGone.value || !isPhoneNumber(phoneNumber)) return null;
  const current = remainingOf(appId, phoneNumber)[operation] ?? '';
  const known = answersOf(operation);
  const isKnown = known.some(({ value }) => value === current);
  const isOfApp = (appState(appId)?.outcomes[operation].remaining ?? '') !== '';
  return (
    <SelectField
      label={t('answers.title')}
      hint={isOfApp ? t('answers.ofApp', { app: appLabel(appId) }) : t('answers.hint')}
      value={current}
      options={isKnown ? known : [...known, { value: current, text: current }]}
      onChange={(script) =>
        void attempt(() => setNumberScript({ appId, phoneNumber, operation, script }))
      }
    />
  );
}

function answersOf(operation: Operation): readonly Choice<string>[] {
  const own = resultCodes.value?.filter((row) => row.operation === operation) ?? [];
  return [
    ...OTHERS.map(({ value, text }) => ({ value, text: t(text) })),
    ...own.map(({ code }) => ({
      value: `${code}*`,
      text: `${code} ${codeWords(operation, code)}`,
    })),
  ];
}
