/** What the carrier answers to calls with this phone's number, chosen without a script. The server keeps it as the script of the number. */
import type { Operation } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { codeWords } from '../parts/code-badge.js';
import { type Choice, SelectField } from '../parts/field.js';
import { attempt } from '../state/notices.js';
import { isPhoneNumber, setScript, waitingScripts } from '../state/scripts.js';
import { appLabel, codesOf } from '../state/server-data.js';
import { choice, isGone } from './handset-state.js';

/** Answers that are no codes, for every call until another one is chosen. */
const OTHERS = [
  { value: 'delay(10s) pass*', text: 'answers.slow' },
  { value: 'hang*', text: 'answers.stuck' },
  { value: 'reset*', text: 'answers.broken' },
  { value: 'truncate*', text: 'answers.half' },
] as const;

export function AnswerField() {
  const { appId, operation, phoneNumber } = choice.value;
  if (appId === undefined || isGone.value || !isPhoneNumber(phoneNumber)) return null;
  const scripts = waitingScripts(appId).filter((script) => script.operation === operation);
  const own = scripts.find((script) => script.phoneNumber === phoneNumber)?.remaining ?? '';
  const isOfApp = scripts.some((script) => script.phoneNumber === '');
  const known = [...withoutScript(), ...answersOf(operation)];
  const isKnown = known.some(({ value }) => value === own);
  return (
    <SelectField
      label={t('answers.title')}
      hint={isOfApp ? t('answers.ofApp', { app: appLabel(appId) }) : t('answers.hint')}
      value={own}
      options={isKnown ? known : [...known, { value: own, text: own }]}
      onChange={(script) =>
        void attempt(() => setScript(appId, { phoneNumber, operation, script }))
      }
    />
  );
}

/** The real answer, unless the configuration file has a script for the number. */
function withoutScript(): readonly Choice<string>[] {
  const { configured } = choice.value;
  const real = t('answers.real');
  if (configured === undefined) return [{ value: '', text: real }];
  return [
    { value: '', text: t('answers.configured', { script: configured }) },
    { value: 'pass*', text: real },
  ];
}

function answersOf(operation: Operation): readonly Choice<string>[] {
  return [
    ...OTHERS.map(({ value, text }) => ({ value, text: t(text) })),
    ...codesOf(operation).map(({ code }) => ({
      value: `${code}*`,
      text: `${code} ${codeWords(operation, code)}`,
    })),
  ];
}
