/** The snapshots of an app, and the buttons that reset and remove it. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import { ControlRefusal } from '../api/problem.js';
import type { SavedSnapshot } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { ConfirmButton } from '../parts/confirm-button.js';
import { beijingDateTime } from '../parts/times.js';
import { refreshAppState } from '../state/app-state.js';
import { readJournal } from '../state/live-requests.js';
import { attempt, notifyDone, notifyProblem } from '../state/notices.js';
import { goTo } from '../state/place.js';
import { apps } from '../state/server-data.js';
import { discardEdits } from './edited-app.js';
import { Section } from './section.js';

const NOT_SUPPORTED_BY_STORE = 501;

interface StateSectionProps {
  readonly appId: string;
  readonly origin: 'configuration' | 'api';
}

export function StateSection({ appId, origin }: StateSectionProps) {
  const params = { path: { appId } };
  const reset = async () => {
    await answerOf(control.POST('/_mock/apps/{appId}/reset', { params }));
    discardEdits(appId);
    await Promise.all([apps.reload(), readJournal(), refreshAppState(appId)]);
    notifyDone(t('apps.wasReset'));
  };
  const remove = async () => {
    await answerOf(control.DELETE('/_mock/apps/{appId}', { params }));
    discardEdits(appId);
    await Promise.all([apps.reload(), readJournal()]);
    goTo({ view: 'apps' });
  };
  return (
    <Section name="state" hint={t('state.hint')}>
      <Snapshots appId={appId} />
      <div class="actions">
        <ConfirmButton
          text={t('state.reset')}
          question={t('state.resetQuestion')}
          onConfirm={() => void attempt(reset)}
        />
        <ConfirmButton
          text={t('state.remove')}
          question={t(origin === 'configuration' ? 'state.removeConfigured' : 'state.removeQuestion')}
          onConfirm={() => void attempt(remove)}
        />
      </div>
    </Section>
  );
}

function Snapshots({ appId }: { readonly appId: string }) {
  const saved = useSignal<readonly SavedSnapshot[] | undefined>(undefined);
  const params = { path: { appId } };
  const load = async () => {
    saved.value = (await answerOf(control.GET('/_mock/apps/{appId}/snapshots', { params }))).snapshots;
  };
  useEffect(() => {
    load().catch((error) => {
      // The Redis store does not support snapshots.
      if (!(error instanceof ControlRefusal) || error.status !== NOT_SUPPORTED_BY_STORE) notifyProblem(error);
    });
  }, [appId]);
  if (saved.value === undefined) return <p class="hint">{t('state.noSnapshots')}</p>;
  const save = async () => {
    await answerOf(control.POST('/_mock/apps/{appId}/snapshots', { params }));
    await load();
  };
  const restore = async (id: string) => {
    const path = { appId, id };
    await answerOf(control.POST('/_mock/apps/{appId}/snapshots/{id}/restore', { params: { path } }));
    discardEdits(appId);
    await Promise.all([apps.reload(), refreshAppState(appId)]);
    notifyDone(t('state.restored'));
  };
  return (
    <div class="snapshots">
      <button type="button" onClick={() => void attempt(save)}>
        {t('state.snapshot')}
      </button>
      <ul>
        {saved.value.map(({ id, atMs }) => (
          <li key={id}>
            <span>{beijingDateTime(atMs)}</span> <code>{id}</code>
            <button type="button" class="small" onClick={() => void attempt(() => restore(id))}>
              {t('state.restore')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
