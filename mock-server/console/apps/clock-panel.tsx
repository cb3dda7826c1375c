/** The app's clock: looked at, stopped, moved. */
import { answerOf, control } from '../api/control-client.js';
import type { Clock } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { Panel } from '../parts/panel.js';
import { beijingDateTime, nextBeijingMidnight } from '../parts/times.js';
import { appNowMs, clockOf, see } from '../state/app-clock.js';
import { attempt } from '../state/notices.js';
import { nowMs } from '../state/now.js';

const STEPS = ['30s', '2m', '5m', '1h', '1d'] as const;

export function ClockPanel({ appId }: { readonly appId: string }) {
  const now = appNowMs(appId);
  const clock = clockOf(appId);
  if (now === undefined || clock === undefined) return null;
  const path = { appId };
  const moved = (call: Promise<Clock>) => void attempt(async () => see(appId, await call));
  const advance = (by: string) =>
    moved(answerOf(control.POST('/_mock/apps/{appId}/clock/advance', { params: { path }, body: { by } })));
  const set = (body: { readonly atMs?: number; readonly frozen?: boolean }) =>
    moved(answerOf(control.PUT('/_mock/apps/{appId}/clock', { params: { path }, body })));
  return (
    <Panel title={t('clock')}>
      <p class="clock-face">
        <time>{beijingDateTime(now).slice(0, -4)}</time> <span class="hint">{t('clock.beijing')}</span>
        {clock.frozen && <span class="badge none">{t('clock.stands')}</span>}
      </p>
      <div class="actions">
        <button type="button" aria-pressed={clock.frozen} onClick={() => set({ frozen: !clock.frozen })}>
          {t(clock.frozen ? 'clock.goOn' : 'clock.stop')}
        </button>
        {STEPS.map((by) => (
          <button key={by} type="button" onClick={() => advance(by)}>
            {t(`clock.by.${by}`)}
          </button>
        ))}
        <button type="button" onClick={() => set({ atMs: nextBeijingMidnight(now) })}>
          {t('clock.midnight')}
        </button>
        <button type="button" onClick={() => set({ atMs: nowMs(), frozen: false })}>
          {t('clock.real')}
        </button>
      </div>
      <p class="hint">{t('clock.hint')}</p>
    </Panel>
  );
}
