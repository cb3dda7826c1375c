/** Scripts of numbers, for testers who can set neither a header nor a token. */
import { useSignal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import type { Operation, SubscriberOutcomes } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { TextField } from '../parts/field.js';
import { appState, changeAppState } from '../state/app-state.js';
import { removeNumberScripts } from '../state/hidden-state.js';
import { attempt, notifyDone, withRefusal } from '../state/notices.js';
import { OPERATIONS } from '../state/server-data.js';
import { ScriptField } from './script-field.js';

const PHONE_NUMBER = /^1\d{10}$/;

export function NumberScripts({ appId }: { readonly appId: string }) {
  const number = useSignal('');
  const scripts = useSignal<Readonly<Record<Operation, string>>>({ loginTokenValidate: '', tokenValidate: '' });
  const problem = useSignal<string | undefined>(undefined);
  const isWrong = number.value !== '' && !PHONE_NUMBER.test(number.value);
  const outcomes = Object.fromEntries(Object.entries(scripts.value).filter(([, script]) => script.trim() !== ''));
  const set = () =>
    withRefusal(problem, async () => {
      const params = { path: { appId, number: number.value } };
      const call = answerOf(control.PUT('/_mock/apps/{appId}/subscribers/{number}', { params, body: { outcomes } }));
      await changeAppState(appId, call);
      notifyDone(t('numbers.saved'));
    });
  return (
    <form
      class="panel script"
      aria-label={t('numbers.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(set);
      }}
    >
      <header>
        <h2>{t('numbers.title')}</h2>
      </header>
      <p class="hint">{t('numbers.lead')}</p>
      <NumberList
        appId={appId}
        numbers={appState(appId)?.numbers ?? []}
        onEdit={({ phoneNumber, outcomes: known }) => {
          number.value = phoneNumber;
          scripts.value = {
            loginTokenValidate: known.loginTokenValidate.script,
            tokenValidate: known.tokenValidate.script,
          };
        }}
      />
      <TextField
        label={t('handset.number')}
        problem={isWrong ? t('handset.numberWrong') : problem.value}
        inputMode="tel"
        placeholder="13800138000"
        value={number.value}
        onInput={(value) => {
          number.value = value.trim();
          problem.value = undefined;
        }}
      />
      {OPERATIONS.map((operation) => (
        <ScriptField
          key={operation}
          label={t('numbers.script', { operation: t(`operation.${operation}`) })}
          value={scripts.value[operation]}
          onInput={(value) => {
            scripts.value = { ...scripts.value, [operation]: value };
            problem.value = undefined;
          }}
        />
      ))}
      <div class="actions">
        <button
          type="submit"
          class="primary"
          disabled={isWrong || number.value === '' || Object.keys(outcomes).length === 0}
        >
          {t('numbers.set')}
        </button>
      </div>
    </form>
  );
}

interface NumberListProps {
  readonly appId: string;
  readonly numbers: readonly SubscriberOutcomes[];
  readonly onEdit: (number: SubscriberOutcomes) => void;
}

function NumberList({ appId, numbers, onEdit }: NumberListProps) {
  return (
    <ul class="number-list">
      {numbers.map((number) => (
        <li key={number.phoneNumber}>
          <span>
            <strong>{number.phoneNumber}</strong>
            {OPERATIONS.filter((operation) => number.outcomes[operation].script !== '').map((operation) => (
              <span key={operation} class="hint">
                {t(`operation.${operation}`)}:{' '}
                <code>{number.outcomes[operation].remaining || t('numbers.finished')}</code>
              </span>
            ))}
          </span>
          <span class="actions">
            <button type="button" class="small" onClick={() => onEdit(number)}>
              {t('numbers.edit')}
            </button>
            <button
              type="button"
              class="small"
              onClick={() => void attempt(() => changeAppState(appId, removeNumberScripts(appId, number.phoneNumber)))}
              aria-label={`${t('script.remove')}: ${number.phoneNumber}`}
            >
              {t('script.remove')}
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}
