/** The script of one operation: a single code by a click, or a script with faults. */
import { useSignal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import type { Operation, Outcomes } from '../api/schemas.js';
import { t } from '../messages/message.js';
import type { MessageId } from '../messages/messages.js';
import { codeWords } from '../parts/code-badge.js';
import { SelectField } from '../parts/field.js';
import { appState, changeAppState } from '../state/app-state.js';
import { removeScript } from '../state/hidden-state.js';
import { attempt, notifyDone, withRefusal } from '../state/notices.js';
import { resultCodes } from '../state/server-data.js';
import { ScriptField } from './script-field.js';

interface ScriptEditorProps {
  readonly appId: string;
  readonly operation: Operation;
}

export function ScriptEditor({ appId, operation }: ScriptEditorProps) {
  const typed = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const script = appState(appId)?.scripts[operation];
  const set = (text: string) =>
    attempt(() =>
      withRefusal(problem, async () => {
        const params = { path: { appId, operation } };
        const call = answerOf(
          control.PUT('/_mock/apps/{appId}/outcomes/{operation}', { params, body: { script: text } }),
        );
        await changeAppState(appId, call);
        notifyDone(t('script.saved'));
      }),
    );
  return (
    <form
      class="panel script"
      aria-label={t(`operation.${operation}`)}
      onSubmit={(event) => {
        event.preventDefault();
        void set(typed.value);
      }}
    >
      <header>
        <h2>{t(`operation.${operation}`)}</h2>
        {script !== undefined && script.script !== '' && (
          <button
            type="button"
            class="small"
            onClick={() => void attempt(() => changeAppState(appId, removeScript(appId, operation)))}
          >
            {t('script.remove')}
          </button>
        )}
      </header>
      <Remaining script={script} />
      <NextOutcome operation={operation} onChoose={(code) => void set(code)} />
      <ScriptField
        label={t('script.label')}
        hint={t('script.hint')}
        problem={problem.value}
        value={typed.value}
        onInput={(value) => {
          typed.value = value;
          problem.value = undefined;
        }}
      />
      <div class="actions">
        <button type="submit" class="primary" disabled={typed.value.trim() === ''}>
          {t('script.set')}
        </button>
      </div>
      <ScriptSteps
        onChoose={(step) => {
          typed.value = typed.value.trim() === '' ? step : `${typed.value.trim()}, ${step}`;
        }}
      />
    </form>
  );
}

export function Remaining({ script }: { readonly script: Outcomes | undefined }) {
  if (script === undefined || script.script === '') return <p class="hint">{t('script.none')}</p>;
  return (
    <p role="status" class={script.remaining === '' ? 'hint' : 'remaining'}>
      {script.remaining === '' ? (
        t('script.finished')
      ) : (
        <>
          {t('script.remaining')} <code>{script.remaining}</code>
        </>
      )}
    </p>
  );
}

interface NextOutcomeProps {
  readonly operation: Operation;
  readonly onChoose: (code: string) => void;
}

function NextOutcome({ operation, onChoose }: NextOutcomeProps) {
  const chosen = useSignal('');
  const codes = (resultCodes.value ?? []).filter((row) => row.operation === operation);
  return (
    <div class="inline-form">
      <SelectField
        label={t('script.next')}
        value={chosen.value}
        options={[
          { value: '', text: t('script.choose') },
          ...codes.map((row) => ({ value: row.code, text: `${row.code} ${codeWords(operation, row.code)}` })),
        ]}
        onChange={(code) => {
          chosen.value = code;
        }}
      />
      <button type="button" disabled={chosen.value === ''} onClick={() => onChoose(chosen.value)}>
        {t('script.force')}
      </button>
    </div>
  );
}

interface Step {
  readonly text: string;
  readonly does: MessageId;
}

const STEPS: readonly Step[] = [
  { text: 'pass', does: 'step.pass' },
  { text: 'delay(3s) pass', does: 'step.delay' },
  { text: 'frequency(30/10m) 103911*', does: 'step.frequency' },
  { text: '103911("too frequent")', does: 'step.undocumented' },
  { text: 'reset', does: 'step.reset' },
  { text: 'hang', does: 'step.hang' },
  { text: 'status(502)', does: 'step.status' },
  { text: 'lose', does: 'step.lose' },
  { text: 'truncate', does: 'step.truncate' },
  { text: 'malformed', does: 'step.malformed' },
  { text: 'drip(3s)', does: 'step.drip' },
];

/** The kinds of steps, each a button that appends it to the script. */
function ScriptSteps({ onChoose }: { readonly onChoose: (step: string) => void }) {
  return (
    <details>
      <summary>{t('script.steps')}</summary>
      <dl class="steps-help">
        {STEPS.map(({ text, does }) => (
          <div key={text}>
            <dt>
              <button type="button" class="small" onClick={() => onChoose(text)}>
                {text}
              </button>
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{t('script.grammar')}</p>
    </details>
  );
}
