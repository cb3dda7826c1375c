/** The form that forces the outcomes of the next calls: of an operation, for every call of the app or for those with a number. Below it, the scripts that the app has. */
import { type Signal, useSignal } from '@preact/signals';
import type { Operation } from '../../../src/control/api.js';
import { RESULTS } from '../../../src/protocol/result-codes.js';
import { COLON } from '../../../src/text/bilingual.js';
import { pair, t } from '../messages/message.js';
import { Tabs, TextField } from '../parts/field.js';
import { Button, submitted } from '../parts/panel.js';
import { notifyDone } from '../state/notices.js';
import { FIRST_OPERATION } from '../state/operations.js';
import {
  isPhoneNumber,
  removeScripts,
  type Script,
  scriptName,
  scriptsOf,
  setScript,
} from '../state/scripts.js';
import { operationOptions } from '../state/server-data.js';
import { OutcomeBuilder } from './outcome-builder.js';

/** A failure of the carrier, which every client must survive. */
function exampleOf(operation: Operation): Script {
  const failure = RESULTS[operation].find(({ next }) => next === 'retryLater');
  return { operation, phoneNumber: '', script: failure?.code ?? 'reset' };
}

export function ScriptForm({ appId }: { readonly appId: string }) {
  const draft = useSignal(exampleOf(FIRST_OPERATION));
  const { operation, phoneNumber, script } = draft.value;
  const isNumberWrong = phoneNumber !== '' && !isPhoneNumber(phoneNumber);
  const change = (changed: Partial<Script>) => {
    draft.value = { ...draft.value, ...changed };
  };
  const set = async () => {
    await setScript(appId, draft.value);
    notifyDone(t('script.saved'));
  };
  return (
    <section class="panel script" aria-label={t('outcomes.title')}>
      <form onSubmit={submitted(set)}>
        <Tabs
          label={t('operation')}
          options={operationOptions()}
          value={operation}
          onChange={(name) => change({ ...exampleOf(name), phoneNumber })}
        />
        <TextField
          label={t('script.number')}
          hint={t('script.numberHint')}
          problem={isNumberWrong ? t('handset.numberWrong') : undefined}
          inputMode="tel"
          value={phoneNumber}
          onChange={(value) => change({ phoneNumber: value.trim() })}
        />
        <OutcomeBuilder
          operation={operation}
          value={script}
          onChange={(text) => change({ script: text })}
        />
        <div class="actions">
          <button type="submit" class="primary" disabled={isNumberWrong || script.trim() === ''}>
            {t('script.set')}
          </button>
        </div>
      </form>
      <ScriptList appId={appId} draft={draft} />
    </section>
  );
}

interface ScriptListProps {
  readonly appId: string;
  readonly draft: Signal<Script>;
}

function ScriptList({ appId, draft }: ScriptListProps) {
  const scripts = scriptsOf(appId);
  if (scripts.length === 0) return <p class="hint">{t('script.none')}</p>;
  return (
    <ul class="script-list">
      {scripts.map(({ remaining, ...listed }) => {
        const name = scriptName(listed);
        return (
          <li key={name}>
            <span>
              <strong>{name}</strong> <code>{remaining || t('script.finished')}</code>
            </span>
            <span class="actions">
              <Button
                class="small"
                text={t('script.edit')}
                onClick={() => {
                  draft.value = listed;
                }}
              />
              <Button
                class="small"
                text={t('script.remove')}
                aria-label={pair(t('script.remove'), COLON, name)}
                onClick={() => removeScripts(appId, [listed])}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
