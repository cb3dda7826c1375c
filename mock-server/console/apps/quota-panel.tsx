/** What the app may still call: the daily quota without a contract, the package with one. */
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { useDraft } from '../parts/draft.js';
import { TextField } from '../parts/field.js';
import { Panel } from '../parts/panel.js';
import { useLedger } from './app-ledger.js';
import { changeApp } from './change-app.js';

export function QuotaPanel({ app }: { readonly app: App }) {
  const { appId, contracted, dailyQuota, callPackage } = app;
  const ledger = useLedger(appId, app).value;
  const limit = contracted ? callPackage : dailyQuota;
  return (
    <Panel title={t('quota.title')}>
      <label class="check">
        <input
          type="checkbox"
          checked={contracted}
          onChange={({ currentTarget }) => void changeApp(appId, { contracted: currentTarget.checked })}
        />
        <span>{t('quota.contracted')}</span>
      </label>
      {ledger !== undefined && <Gauge left={ledger.remaining} limit={limit} charged={ledger.charged} />}
      <LimitField key={`${contracted}`} app={app} limit={limit} />
    </Panel>
  );
}

interface GaugeProps {
  readonly left: number | null;
  readonly limit: number | null;
  readonly charged: number;
}

function Gauge({ left, limit, charged }: GaugeProps) {
  return (
    <p class="gauge">
      {left !== null && limit !== null && (
        <meter min={0} max={Math.max(limit, 1)} low={limit / 10} value={left} aria-label={t('quota.left')} />
      )}
      <span>
        {left === null ? t('quota.noLimit') : t('quota.leftOf', { left, limit: limit ?? left })} ·{' '}
        {t('quota.charged', { charged })}
      </span>
    </p>
  );
}

function LimitField({ app: { appId, contracted }, limit }: { readonly app: App; readonly limit: number | null }) {
  const typed = useDraft(limit === null ? '' : `${limit}`);
  const isWrong = !(contracted ? /^\d*$/ : /^\d+$/).test(typed.value);
  const save = (event: Event) => {
    event.preventDefault();
    if (isWrong) return;
    const value = typed.value === '' ? null : Number(typed.value);
    void changeApp(appId, contracted ? { callPackage: value } : { dailyQuota: value });
  };
  return (
    <form class="inline-form" onSubmit={save}>
      <TextField
        label={t(contracted ? 'quota.package' : 'quota.daily')}
        hint={t(contracted ? 'quota.packageHint' : 'quota.dailyHint')}
        problem={isWrong ? t('quota.wrong') : undefined}
        inputMode="numeric"
        value={typed.value}
        onInput={(value) => {
          typed.value = value.trim();
        }}
      />
      <button type="submit" disabled={isWrong || typed.value === (limit === null ? '' : `${limit}`)}>
        {t('save')}
      </button>
    </form>
  );
}
