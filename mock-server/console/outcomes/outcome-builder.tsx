/** Builds a script: a row for each step, the script in words, and its text. The text is the state; the rows are read from it. */

import type { Operation } from '../../../src/control/api.js';
import type { Outcome, Step } from '../../carrier/outcomes/outcome.js';
import { formatScript, parseScript } from '../../carrier/outcomes/script.js';
import { localized, t } from '../messages/message.js';
import { codeWords } from '../parts/code-badge.js';
import { Check, choices, Select, TextField } from '../parts/field.js';
import { Button } from '../parts/panel.js';
import { stepWords } from '../parts/step-words.js';
import { codesOf, resultCodes } from '../state/server-data.js';

interface BuilderProps {
  readonly operation: Operation;
  /** The script. */
  readonly value: string;
  readonly onChange: (script: string) => void;
}

export function OutcomeBuilder({ operation, value, onChange }: BuilderProps) {
  const steps = value.trim() === '' ? [] : parseScript(operation, value);
  const mistake = 'problem' in steps ? localized(steps.problem) : undefined;
  return (
    <div class="builder">
      {!('problem' in steps) && (
        <StepRows operation={operation} steps={steps} onChange={onChange} />
      )}
      <details>
        <summary>{t('builder.advanced')}</summary>
        <TextField
          rows={2}
          label={t('script.label')}
          hint={t('script.hint')}
          problem={mistake}
          placeholder="103211*2, delay(3s) pass, reset"
          value={value}
          onChange={onChange}
        />
      </details>
    </div>
  );
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

interface OutcomeFieldsProps {
  readonly operation: Operation;
  readonly outcome: Outcome;
  readonly onChange: (changed: Outcome) => void;
}

/** The choice of the outcome, and the number that some of them have. */
function OutcomeFields({ operation, outcome, onChange }: OutcomeFieldsProps) {
  const named = outcome.kind === 'code' ? outcome.resultCode : outcome.kind;
  const listed = [...codesOf(operation), ...(resultCodes.value?.beyond ?? [])];
  const codes: readonly string[] = listed.map(({ code }) => code);
  // A script may have any code.
  const shown = outcome.kind !== 'code' || codes.includes(named) ? codes : [named, ...codes];
  return (
    <>
      <Select
        aria-label={t('builder.outcome')}
        value={named}
        options={[
          ...OTHERS.map(({ kind }) => ({ value: kind, text: t(`step.${kind}`) })),
          ...choices(shown, (code) => `${code} ${codeWords(operation, code)}`),
        ]}
        onChange={(name) =>
          onChange(OTHERS.find(({ kind }) => kind === name) ?? { kind: 'code', resultCode: name })
        }
      />
      {outcome.kind === 'status' && (
        <Amount
          label="HTTP"
          value={outcome.status}
          onChange={(status) => onChange({ kind: 'status', status })}
        />
      )}
      {outcome.kind === 'drip' && (
        <Amount
          label={t('builder.over')}
          value={outcome.overMs / 1000}
          onChange={(seconds) => onChange({ kind: 'drip', overMs: Math.round(seconds * 1000) })}
        />
      )}
    </>
  );
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
