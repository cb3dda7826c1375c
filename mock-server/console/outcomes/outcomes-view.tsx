/** Forced outcomes: the scripts of an app (of an operation, and of a number), and below them all result codes. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Operation, SubscriberOutcomes } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { bound, Select, TextField } from '../parts/field.js';
import { Button, submitted } from '../parts/panel.js';
import { appState, changeAppState, selectedAppId } from '../state/app-state.js';
import { notifyDone } from '../state/notices.js';
import { byOperation, OPERATIONS } from '../state/operations.js';
import { place, replacePlace } from '../state/place.js';
import { appOf, appOptions } from '../state/server-data.js';
import { Atlas } from './atlas.js';
import { OutcomeBuilder } from './outcome-builder.js';

export function OutcomesView() {
  const appId = selectedAppId.value ?? '';
  const choose = (app: string) => {
    const { opened, parameters } = place.value;
    replacePlace({ view: 'outcomes', opened, parameters: { ...parameters, app } });
  };
  return (
    <div class="outcomes">
      <header class="outcomes-head">
        <div>
          <h1>{t('outcomes.title')}</h1>
          <p class="lead">{t('outcomes.lead')}</p>
        </div>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the select is in it */}
        <label class="inline-label">
          {t('app')}
          <Select options={appOptions()} value={appId} onChange={choose} />
        </label>
      </header>
      {appOf(appId) !== undefined && (
        <div class="scripts">
          {OPERATIONS.map((operation) => (
            <ScriptEditor key={`${appId} ${operation}`} appId={appId} operation={operation} />
          ))}
          <NumberScripts key={appId} appId={appId} />
        </div>
      )}
      <Atlas />
    </div>
  );
}

interface ScriptFormProps {
  readonly title: string;
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly submit: string;
  readonly isReady: boolean;
  readonly onSubmit: () => Promise<void>;
}

function ScriptForm({ title, aside, children, submit, isReady, onSubmit }: ScriptFormProps) {
  return (
    <form class="panel script" aria-label={title} onSubmit={submitted(onSubmit)}>
      <header>
        <h2>{title}</h2>
        {aside}
      </header>
      {children}
      <div class="actions">
        <button type="submit" class="primary" disabled={!isReady}>
          {submit}
        </button>
      </div>
    </form>
  );
}

function ScriptEditor({
  appId,
  operation,
}: {
  readonly appId: string;
  readonly operation: Operation;
}) {
  const typed = useSignal('pass');
  const { script, remaining } = appState(appId)?.outcomes[operation] ?? {
    script: '',
    remaining: '',
  };
  const set = async () => {
    await changeAppState(appId, (app) => app.script(operation, typed.value));
    notifyDone(t('script.saved'));
  };
  const remove = () => changeAppState(appId, (app) => app.clearScript(operation));
  return (
    <ScriptForm
      title={t(`operation.${operation}`)}
      aside={script && <Button class="small" text={t('script.remove')} onClick={remove} />}
      submit={t('script.set')}
      isReady={typed.value.trim() !== ''}
      onSubmit={set}
    >
      {script === '' ? (
        <p class="hint">{t('script.none')}</p>
      ) : (
        <p role="status" class={remaining === '' ? 'hint' : 'remaining'}>
          {t(remaining === '' ? 'script.finished' : 'script.remaining')}{' '}
          {remaining !== '' && <code>{remaining}</code>}
        </p>
      )}
      <OutcomeBuilder operation={operation} label={t('script.label')} {...bound(typed)} />
    </ScriptForm>
  );
}

/** Scripts of numbers, for testers who can set neither a header nor a token. */
function NumberScripts({ appId }: { readonly appId: string }) {
  const number = useSignal('');
  const scripts = useSignal<Readonly<Record<Operation, string>>>(byOperation(() => ''));
  const isWrong = number.value !== '' && !/^1\d{10}$/.test(number.value);
  const outcomes = Object.fromEntries(
    Object.entries(scripts.value).filter(([, script]) => script.trim() !== ''),
  );
  const set = async () => {
    await changeAppState(appId, (app) => app.scriptNumber(number.value, outcomes));
    notifyDone(t('numbers.saved'));
  };
  return (
    <ScriptForm
      title={t('numbers.title')}
      submit={t('numbers.set')}
      isReady={!isWrong && number.value !== '' && Object.keys(outcomes).length > 0}
      onSubmit={set}
    >
      <p class="hint">{t('numbers.lead')}</p>
      <NumberList
        appId={appId}
        numbers={appState(appId)?.subscribers ?? []}
        onEdit={(known) => {
          number.value = known.phoneNumber;
          scripts.value = byOperation((operation) => known.outcomes[operation].script);
        }}
      />
      <TextField
        label={t('handset.number')}
        problem={isWrong ? t('handset.numberWrong') : undefined}
        inputMode="tel"
        placeholder="13800138000"
        value={number.value}
        onChange={(value) => {
          number.value = value.trim();
        }}
      />
      {OPERATIONS.map((operation) => (
        <fieldset key={operation} class="options">
          <legend>{t(`operation.${operation}`)}</legend>
          <OutcomeBuilder
            operation={operation}
            label={t('numbers.script', { operation: t(`operation.${operation}`) })}
            value={scripts.value[operation]}
            onChange={(value) => {
              scripts.value = { ...scripts.value, [operation]: value };
            }}
          />
        </fieldset>
      ))}
    </ScriptForm>
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
            {OPERATIONS.filter((operation) => number.outcomes[operation].script !== '').map(
              (operation) => (
                <span key={operation} class="hint">
                  {t(`operation.${operation}`)}:{' '}
                  <code>{number.outcomes[operation].remaining || t('numbers.finished')}</code>
                </span>
              ),
            )}
          </span>
          <span class="actions">
            <Button class="small" text={t('numbers.edit')} onClick={() => onEdit(number)} />
            <Button
              class="small"
              text={t('script.remove')}
              aria-label={`${t('script.remove')}: ${number.phoneNumber}`}
              onClick={() => changeAppState(appId, (app) => app.clearNumber(number.phoneNumber))}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}
