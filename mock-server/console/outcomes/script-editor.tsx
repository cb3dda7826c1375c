/** What the next calls of one operation get: a single answer by a click, or a script with faults. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import { ControlRefusal } from '../api/problem.js';
import type { Operation, Outcomes } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { codeWords } from '../parts/code-badge.js';
import { Field, SelectField } from '../parts/field.js';
import { records } from '../state/live-requests.js';
import { attempt, notice, tellDone, wordsOf } from '../state/notices.js';
import { resultCodes } from '../state/server-data.js';
import { ScriptSteps } from './script-steps.js';

interface ScriptEditorProps {
  readonly appId: string;
  readonly operation: Operation;
}

export function ScriptEditor({ appId, operation }: ScriptEditorProps) {
  const saved = useSignal<Outcomes | undefined>(undefined);
  const typed = useSignal('');
  const problem = useSignal<string | undefined>(undefined);
  const params = { path: { appId, operation } };
  const show = (script: Outcomes) => {
    saved.value = script;
    problem.value = undefined;
  };
  useRemaining({ appId, operation }, show);
  const put = async (script: string) => {
    try {
      show(await answerOf(control.PUT('/_mock/apps/{appId}/outcomes/{operation}', { params, body: { script } })));
      tellDone(t('script.saved'));
    } catch (error) {
      if (!(error instanceof ControlRefusal)) throw error;
      notice.value = undefined;
      problem.value = wordsOf(error);
    }
  };
  const forget = async () => {
    await answerOf(control.DELETE('/_mock/apps/{appId}/outcomes/{operation}', { params }));
    show({ script: '', remaining: '' });
  };
  return (
    <form
      class="script"
      aria-label={t(`operation.${operation}`)}
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(() => put(typed.value.replaceAll('，', ',')));
      }}
    >
      <h3>{t(`operation.${operation}`)}</h3>
      <NextAnswer operation={operation} onChoose={(code) => void attempt(() => put(code))} />
      <Field label={t('script.label')} hint={t('script.hint')} problem={problem.value}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            spellcheck={false}
            placeholder="103211*2, delay(3s) pass, reset"
            value={typed.value}
            onInput={({ currentTarget }) => {
              typed.value = currentTarget.value;
              problem.value = undefined;
            }}
          />
        )}
      </Field>
      <ScriptSteps
        onChoose={(step) => {
          typed.value = typed.value.trim() === '' ? step : `${typed.value.trim()}, ${step}`;
        }}
      />
      <div class="actions">
        <button type="submit" class="primary" disabled={typed.value.trim() === ''}>
          {t('script.put')}
        </button>
        <button type="button" disabled={(saved.value?.script ?? '') === ''} onClick={() => void attempt(forget)}>
          {t('script.forget')}
        </button>
      </div>
      <Remaining script={saved.value} />
    </form>
  );
}

/** Looked at again when a request of the app came in: it may have used a step up. */
function useRemaining({ appId, operation }: ScriptEditorProps, show: (script: Outcomes) => void): void {
  const last = records.value.find((record) => record.appId === appId && record.operation === operation)?.id;
  // The last request may have used a step up.
  useEffect(() => {
    const params = { path: { appId, operation } };
    void attempt(async () => {
      show(await answerOf(control.GET('/_mock/apps/{appId}/outcomes/{operation}', { params })));
    });
  }, [appId, operation, last]);
}

function Remaining({ script }: { readonly script: Outcomes | undefined }) {
  if (script === undefined || script.script === '') return <p class="hint">{t('script.none')}</p>;
  return (
    <p role="status">
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

interface NextAnswerProps {
  readonly operation: Operation;
  readonly onChoose: (code: string) => void;
}

function NextAnswer({ operation, onChoose }: NextAnswerProps) {
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
        {t('script.answerSo')}
      </button>
    </div>
  );
}
