/** The apps, each a world of its own, and the one that is opened. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import { t } from '../messages/message.js';
import { ConfirmButton } from '../parts/confirm-button.js';
import { hashOf } from '../state/hash.js';
import { readJournal } from '../state/live-requests.js';
import { attempt, tellDone } from '../state/notices.js';
import { place } from '../state/place.js';
import { apps } from '../state/server-data.js';
import { AppPanel } from './app-panel.js';
import { NewApp } from './new-app.js';

export function AppsView() {
  useEffect(() => void apps.reload(), []);
  const all = apps.value ?? [];
  const { opened } = place.value;
  const app = opened === undefined ? all[0] : all.find(({ appId }) => appId === opened);
  return (
    <div class="apps">
      <AppsNav openedId={app?.appId} />
      {app !== undefined && <AppPanel key={app.appId} app={app} />}
      {app === undefined && apps.value !== undefined && (
        <p class="empty">{opened === undefined ? t('apps.none') : t('apps.gone', { appId: opened })}</p>
      )}
    </div>
  );
}

function AppsNav({ openedId }: { readonly openedId: string | undefined }) {
  const isMaking = useSignal(false);
  return (
    <nav class="apps-nav" aria-label={t('view.apps')}>
      <h1>{t('view.apps')}</h1>
      <ul>
        {(apps.value ?? []).map(({ appId, origin }) => (
          <li key={appId}>
            <a href={hashOf({ view: 'apps', opened: appId })} aria-current={appId === openedId ? 'true' : undefined}>
              <span>{appId}</span>
              <span class="hint">{t(`apps.origin.${origin}`)}</span>
            </a>
          </li>
        ))}
      </ul>
      {isMaking.value ? (
        <NewApp
          onEnd={() => {
            isMaking.value = false;
          }}
        />
      ) : (
        <button
          type="button"
          class="primary"
          onClick={() => {
            isMaking.value = true;
          }}
        >
          {t('apps.new')}
        </button>
      )}
      <ConfirmButton
        text={t('apps.resetAll')}
        question={t('apps.resetAllQuestion')}
        onConfirm={() => void resetAll()}
      />
    </nav>
  );
}

async function resetAll(): Promise<void> {
  await attempt(async () => {
    await answerOf(control.POST('/_mock/reset', {}));
    await Promise.all([apps.reload(), readJournal()]);
    tellDone(t('apps.wasReset'));
  });
}
