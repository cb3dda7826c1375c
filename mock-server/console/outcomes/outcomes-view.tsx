/** Forced outcomes: the scripts of an app, and below them all result codes. */
import { t } from '../messages/message.js';
import { Select } from '../parts/field.js';
import { selectedAppId } from '../state/app-state.js';
import { place, replacePlace } from '../state/place.js';
import { appOf, appOptions } from '../state/server-data.js';
import { Atlas } from './atlas.js';
import { ScriptForm } from './script-form.js';

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
      {appOf(appId) !== undefined && <ScriptForm key={appId} appId={appId} />}
      <Atlas appId={appId} />
    </div>
  );
}
