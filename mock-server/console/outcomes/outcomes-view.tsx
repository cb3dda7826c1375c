/** Any answer on demand: what an app's next calls get, and the atlas of all codes. */
import { t } from '../messages/message.js';
import { SelectField } from '../parts/field.js';
import { place, replacePlace } from '../state/place.js';
import { apps, OPERATIONS } from '../state/server-data.js';
import { Atlas } from './atlas.js';
import { ScriptEditor } from './script-editor.js';

export function OutcomesView() {
  const { opened, parameters } = place.value;
  const all = apps.value ?? [];
  const appId = parameters['app'] ?? all[0]?.appId;
  return (
    <div class="outcomes">
      <h1>{t('view.outcomes')}</h1>
      <section class="panel" aria-label={t('script.title')}>
        <header>
          <h2>{t('script.title')}</h2>
        </header>
        <p class="hint">{t('script.lead')}</p>
        <SelectField
          label={t('app')}
          value={appId ?? ''}
          options={all.map((app) => ({ value: app.appId, text: app.appId }))}
          onChange={(app) => replacePlace({ view: 'outcomes', opened, parameters: { ...parameters, app } })}
        />
        {appId !== undefined && all.some((app) => app.appId === appId) && (
          <div class="scripts">
            {OPERATIONS.map((operation) => (
              <ScriptEditor key={`${appId} ${operation}`} appId={appId} operation={operation} />
            ))}
          </div>
        )}
      </section>
      <Atlas />
    </div>
  );
}
