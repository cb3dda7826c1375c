/** Forced outcomes: the scripts of an app and its numbers, and all result codes. */
import { t } from '../messages/message.js';
import { choiceLabel } from '../state/app-names.js';
import { place, replacePlace } from '../state/place.js';
import { selectedAppId } from '../state/selected-app.js';
import { apps, OPERATIONS } from '../state/server-data.js';
import { Atlas } from './atlas.js';
import { NumberScripts } from './number-scripts.js';
import { ScriptEditor } from './script-editor.js';

export function OutcomesView() {
  const { opened, parameters } = place.value;
  const all = apps.value ?? [];
  const appId = selectedAppId.value;
  return (
    <div class="outcomes">
      <header class="outcomes-head">
        <div>
          <h1>{t('outcomes.title')}</h1>
          <p class="lead">{t('outcomes.lead')}</p>
        </div>
        <label class="inline-label">
          {t('app')}
          <select
            value={appId ?? ''}
            onChange={({ currentTarget }) =>
              replacePlace({ view: 'outcomes', opened, parameters: { ...parameters, app: currentTarget.value } })
            }
          >
            {all.map((app) => (
              <option key={app.appId} value={app.appId}>
                {choiceLabel(app)}
              </option>
            ))}
          </select>
        </label>
      </header>
      {appId !== undefined && all.some((app) => app.appId === appId) && (
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
