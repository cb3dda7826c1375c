/** Builds a script: a row for each step, the script in words, and its text. The text is the state; the rows are read from it. */

import { useSignal } from '@preact/signals';
import type { Operation } from '../../../src/control/api.js';
import type { Bilingual } from '../../../src/text/bilingual.js';
import type { Outcome, Step } from '../../carrier/outcomes/outcome.js';
import { formatScript, stepTexts } from '../../carrier/outcomes/script.js';
import { parseStep } from '../../carrier/outcomes/step.js';
import { localized, t } from '../messages/message.js';
import { codeWords } from '../parts/code-badge.js';
import { Check, LinesField } from '../parts/field.js';
import { Button } from '../parts/panel.js';
import { stepWords } from '../parts/step-words.js';
import { beyondCodes, resultCodes } from '../state/server-data.js';

interface BuilderProps {
  readonly operation: Operation;
  /** The name of the script's text. */
  readonly label: string;
  /** The script. */
  readonly value: string;
  readonly onChange: (script: string) => void;
}

export function OutcomeBuilder({ operation, label, value, onChange }: BuilderProps) {
  const isOpen = useSignal(false);
  const written = writtenSteps(operation, value);
  const wrong = written.find(isWrong);
  return (
    <div class="builder">
      {wrong === undefined && (
        <StepRows operation={operation} steps={written.flatMap(stepOf)} onChange={onChange} />
      )}
      <details
        open={isOpen.value || wrong !== undefined}
        onToggle={({ currentTarget }) => {
          isOpen.value = currentTarget.open;
        }}
      >
        <summary>{t('builder.advanced')}</summary>
        <LinesField
          label={label}
          hint={t('script.hint')}
          problem={wrong && localized(wrong.parsed.problem)}
          placeholder="103211*2, delay(3s) pass, reset"
          value={value}
          onChange={onChange}
        />
        {wrong !== undefined && (
          <p class="steps-text">
            {written.map((step, at) => (
              <code key={at} class={isWrong(step) ? 'wrong-step' : undefined}>
                {step.text.trim()}
              </code>
            ))}
          </p>
        )}
      </details>
    </div>
  );
}

/** A step as it is written, and what it means. */
interface WrittenStep<Parsed = ReturnType<typeof parseStep>> {
  readonly text: string;
  readonly parsed: Parsed;
}

function writtenSteps(operation: Operation, script: string): readonly WrittenStep[] {
  if (script.trim() === '') return [];
  return stepTexts(script).map((text) => ({ text, parsed: parseStep(operation, text) }));
}

function isWrong(step: WrittenStep): step is WrittenStep<{ readonly problem: Bilingual }> {
  return 'problem' in step.parsed;
}

function stepOf({ parsed }: WrittenStep): readonly Step[] {
  return 'problem' in parsed ? [] : [parsed];
}

interface StepRowsProps {
  readonly operation: Operation;
  readonly steps: readonly Step[];
  readonly onChange: (script: string) => void;
}

/** A row for each step, and the script in words. */
function StepRows({ operation, steps, onChange }: StepRowsProps) {
  const set = (changed: readonly Step[]) => onChange(formatScript(changed));
  const replace = (at: number, changed: Step | undefined) =>
    set(changed === undefined ? steps.toSpliced(at, 1) : steps.with(at, changed));
  const isEndless = steps.at(-1)?.times === null;
  return (
    <>
      <ol>
        {steps.map((step, at) => (
          // Keyed by index: a step has no id.
          <StepRow
            key={at}
            operation={operation}
            step={step}
            isLast={at === steps.length - 1}
            onChange={(changed) => replace(at, changed)}
          />
        ))}
      </ol>
      {!isEndless && (
        <Button
          class="small"
          text={t('builder.add')}
          onClick={() => set([...steps, { delayMs: 0, outcome: { kind: 'reset' }, times: 1 }])}
        />
      )}
      {steps.length > 0 && <p class="hint">{previewOf(operation, steps)}</p>}
    </>
  );
}

/** `2 × after 3s 103211 other error → then the real outcome` */
function previewOf(operation: Operation, steps: readonly Step[]): string {
  const words = steps.map((step) => {
    const times = step.times === null ? t('builder.always') : `${step.times} ×`;
    return `${times} ${stepWords(operation, step)}`;
  });
  return [...words, ...(steps.at(-1)?.times === null ? [] : [t('preview.end')])].join(' → ');
}

/** The choices besides codes, each with its first value. */
const OTHERS = [
  { kind: 'pass' },
  { kind: 'reset' },
  { kind: 'hang' },
  { kind: 'status', status: 502 },
  { kind: 'lose' },
  { kind: 'truncate' },
  { kind: 'malformed' },
  { kind: 'drip', overMs: 3000 },
] as const satisfies readonly Outcome[];
const ANY_CODE = 'any-code';

interface OutcomeFieldsProps {
  readonly operation: Operation;
  readonly outcome: Outcome;
  readonly onChange: (changed: Outcome) => void;
}

/** The choice of the outcome, and the number that some of them have. */
function OutcomeFields({ operation, outcome, onChange }: OutcomeFieldsProps) {
  const own = (resultCodes.value ?? []).filter((row) => row.operation === operation);
  const beyond = beyondCodes.value ?? [];
  const named = outcome.kind === 'code' ? outcome.resultCode : outcome.kind;
  const isAnyCode =
    outcome.kind === 'code' && ![...own, ...beyond].some(({ code }) => code === named);
  const choose = (name: string) => {
    const other = OTHERS.find(({ kind }) => kind === name);
    onChange(other ?? { kind: 'code', resultCode: name === ANY_CODE ? '0' : name });
  };
  const option = ({ code }: { readonly code: string }) => (
    <option key={code} value={code}>
      {code} {codeWords(operation, code)}
    </option>
  );
  return (
    <>
      <select
        aria-label={t('builder.outcome')}
        value={isAnyCode ? ANY_CODE : named}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {OTHERS.map(({ kind }) => (
          <option key={kind} value={kind}>
            {t(`step.${kind}`)}
          </option>
        ))}
        <optgroup label={t('builder.codes')}>{own.map(option)}</optgroup>
        <optgroup label={t('beyond.title')}>
          {beyond.map(option)}
          <option value={ANY_CODE}>{t('builder.anyCode')}</option>
        </optgroup>
      </select>
      {isAnyCode && (
        <Amount
          label={t('code')}
          value={Number(named)}
          onChange={(code) => onChange({ kind: 'code', resultCode: String(code) })}
        />
      )}
      <OutcomeAmount outcome={outcome} onChange={onChange} />
    </>
  );
}

/** The number of an outcome that is no code. */
function OutcomeAmount({ outcome, onChange }: Omit<OutcomeFieldsProps, 'operation'>) {
  switch (outcome.kind) {
    case 'status':
      return (
        <Amount
          label="HTTP"
          value={outcome.status}
          onChange={(status) => onChange({ kind: 'status', status })}
        />
      );
    case 'drip':
      return (
        <Amount
          label={t('builder.over')}
          value={outcome.overMs / 1000}
          onChange={(seconds) => onChange({ kind: 'drip', overMs: Math.round(seconds * 1000) })}
        />
      );
    default:
      return null;
  }
}

interface StepRowProps {
  readonly operation: Operation;
  readonly step: Step;
  readonly isLast: boolean;
  /** undefined removes the step. */
  readonly onChange: (changed: Step | undefined) => void;
}

function StepRow({ operation, step, isLast, onChange }: StepRowProps) {
  const { outcome, delayMs, times } = step;
  const set = (changed: Partial<Step>) => onChange({ ...step, ...changed });
  return (
    <li class="step-row">
      <OutcomeFields
        operation={operation}
        outcome={outcome}
        onChange={(chosen) => set({ outcome: chosen })}
      />
      <Amount
        label={t('builder.delay')}
        value={delayMs / 1000}
        onChange={(seconds) => set({ delayMs: Math.round(seconds * 1000) })}
      />
      {times !== null && (
        <Amount
          label={t('builder.times')}
          value={times}
          onChange={(count) => set({ times: Math.max(1, Math.round(count)) })}
        />
      )}
      {isLast && (
        <Check
          text={t('builder.always')}
          value={times === null}
          onChange={(isAlways) => set({ times: isAlways ? null : 1 })}
        />
      )}
      <Button
        class="small"
        text="✕"
        aria-label={t('builder.remove')}
        onClick={() => onChange(undefined)}
      />
    </li>
  );
}

interface AmountProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Amount({ label, value, onChange }: AmountProps) {
  return (
    <label class="amount">
      {label}
      <input
        type="number"
        min={0}
        step="any"
        value={value}
        onChange={({ currentTarget }) => onChange(Math.max(0, Number(currentTarget.value)))}
      />
    </label>
  );
}
