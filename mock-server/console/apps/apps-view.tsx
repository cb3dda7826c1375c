/** The list of apps, and the selected app. */
import { useEffect } from 'preact/hooks';
import { t } from '../messages/message.js';
import { place } from '../state/place.js';
import { selectedAppId } from '../state/selected-app.js';
import { apps } from '../state/server-data.js';
import { AppPanel } from './app-panel.js';
import { AppsNav } from './apps-nav.js';

export function AppsView() {
  useEffect(() => void apps.reload(), []);
  const { opened } = place.value;
  const app = (apps.value ?? []).find(({ appId }) => appId === selectedAppId.value);
  return (
    <div class={opened === undefined ? 'apps' : 'apps with-app'}>
      <AppsNav openedId={app?.appId} />
      {app !== undefined && <AppPanel key={app.appId} app={app} />}
      {app === undefined && apps.value !== undefined && (
        <p class="empty">{opened === undefined ? t('apps.none') : t('apps.gone', { appId: opened })}</p>
      )}
    </div>
  );
}
