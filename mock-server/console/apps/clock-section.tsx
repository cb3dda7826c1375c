/** The app's clock, and the buttons that stop and move it. */
import { answerOf, control } from '../api/control-client.js';
import { t } from '../messages/message.js';
import { beijingDateTime, nextBeijingMidnight } from '../parts/times.js';
import { appNowMs, appState, changeAppState } from '../state/app-state.js';
import { setToRealTime } from '../state/hidden-state.js';
import { attempt } from '../state/notices.js';
import { Section } from './section.js';

const STEPS = ['30s', '2m', '5m', '1h', '1d'] as const;

export function ClockSection({ appId }: { readonly appId: string }) {
  const now = appNowMs(appId);
  const clock = appState(appId)?.clock;
  const params = { path: { appId } };
  const change = (call: () => Promise<unknown>) => void attempt(() => changeAppState(appId, call()));
  const advance = (by: string) =>
    change(() => answerOf(control.POST('/_mock/apps/{appId}/clock/advance', { params, body: { by } })));
  const set = (body: { readonly atMs?: number; readonly frozen?: boolean }) =>
    change(() => answerOf(control.PUT('/_mock/apps/{appId}/clock', { params, body })));
  return (
    <Section name="clock" hint={t('clock.hint')}>
      {now !== undefined && clock !== undefined && (
        <>
          <p class="clock-face">
            <time>{beijingDateTime(now).slice(0, -4)}</time> <span class="hint">{t('clock.beijing')}</span>
            {clock.frozen && <span class="badge fair">{t('clock.stopped')}</span>}
          </p>
          <div class="actions">
            <button type="button" aria-pressed={clock.frozen} onClick={() => set({ frozen: !clock.frozen })}>
              {t(clock.frozen ? 'clock.resume' : 'clock.stop')}
            </button>
            {STEPS.map((by) => (
              <button key={by} type="button" onClick={() => advance(by)}>
                {t(`clock.by.${by}`)}
              </button>
            ))}
            <button type="button" onClick={() => set({ atMs: nextBeijingMidnight(now) })}>
              {t('clock.midnight')}
            </button>
            <button type="button" onClick={() => change(() => setToRealTime(appId))}>
              {t('hidden.clockUndo')}
            </button>
          </div>
        </>
      )}
    </Section>
  );
}
