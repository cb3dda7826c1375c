/** The world of an app as a whole: saved, put back, begun anew, removed. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import { ControlRefusal } from '../api/problem.js';
import type { SavedSnapshot } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { ConfirmButton } from '../parts/confirm-button.js';
import { Panel } from '../parts/panel.js';
import { beijingDateTime } from '../parts/times.js';
import { readJournal } from '../state/live-requests.js';
import { attempt, tellDone, tellProblem } from '../state/notices.js';
import { goTo } from '../state/place.js';
import { apps } from '../state/server-data.js';

const NOT_IN_THIS_STORE = 501;

interface AppActionsProps {
  readonly appId: string;
  readonly origin: 'configuration' | 'api';
}

export function AppActions({ appId, origin }: AppActionsProps) {
  const params = { path: { appId } };
  const reset = async () => {
    await answerOf(control.POST('/_mock/apps/{appId}/reset', { params }));
    await Promise.all([apps.reload(), readJournal()]);
    tellDone(t('apps.wasReset'));
  };
  const remove = async () => {
    await answerOf(control.DELETE('/_mock/apps/{appId}', { params }));
    await Promise.all([apps.reload(), readJournal()]);
    goTo({ view: 'apps' });
  };
  return (
    <Panel title={t('world.title')}>
      <Snapshots appId={appId} />
      <div class="actions">
        <ConfirmButton
          text={t('world.reset')}
          question={t('world.resetQuestion')}
          onConfirm={() => void attempt(reset)}
        />
        <ConfirmButton
          text={t('world.remove')}
          question={t(origin === 'configuration' ? 'world.removeConfigured' : 'world.removeQuestion')}
          onConfirm={() => void attempt(remove)}
        />
      </div>
    </Panel>
  );
}

function Snapshots({ appId }: { readonly appId: string }) {
  const saved = useSignal<readonly SavedSnapshot[] | undefined>(undefined);
  const params = { path: { appId } };
  const look = async () => {
    saved.value = (await answerOf(control.GET('/_mock/apps/{appId}/snapshots', { params }))).snapshots;
  };
  useEffect(() => {
    look().catch((error) => {
      // A Redis has none: then nothing is offered.
      if (!(error instanceof ControlRefusal) || error.status !== NOT_IN_THIS_STORE) tellProblem(error);
    });
  }, [appId]);
  if (saved.value === undefined) return <p class="hint">{t('world.noSnapshots')}</p>;
  const save = async () => {
    await answerOf(control.POST('/_mock/apps/{appId}/snapshots', { params }));
    await look();
  };
  const restore = async (id: string) => {
    const path = { appId, id };
    await answerOf(control.POST('/_mock/apps/{appId}/snapshots/{id}/restore', { params: { path } }));
    await apps.reload();
    tellDone(t('world.restored'));
  };
  return (
    <div class="snapshots">
      <button type="button" onClick={() => void attempt(save)}>
        {t('world.snapshot')}
      </button>
      <p class="hint">{t('world.snapshotHint')}</p>
      <ul>
        {saved.value.map(({ id, atMs }) => (
          <li key={id}>
            {beijingDateTime(atMs)} <code>{id}</code>{' '}
            <button type="button" class="small" onClick={() => void attempt(() => restore(id))}>
              {t('world.restore')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
