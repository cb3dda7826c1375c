/** The remaining calls of the quota or package, and 话单: the charged calls. */

import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { App, Ledger } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { TextField } from '../parts/field.js';
import { beijingDateTime } from '../parts/times.js';
import { records } from '../state/live-requests.js';
import { notifyProblem } from '../state/notices.js';
import type { EditedApp } from './edited-app.js';
import { Section } from './section.js';

export function CallsSection({ edited }: { readonly edited: EditedApp }) {
  const { app, form, edit } = edited;
  const ledger = useLedger(app.appId, app).value;
  const limit = app.contracted ? app.callPackage : app.dailyQuota;
  return (
    <Section name="calls" hint={t('quota.hint')}>
      {ledger !== undefined && <Gauge remaining={ledger.remaining} limit={limit} charged={ledger.charged} />}
      <label class="check">
        <input
          type="checkbox"
          checked={form.contracted}
          onChange={({ currentTarget }) => edit({ contracted: currentTarget.checked })}
        />
        <span>{t('quota.contracted')}</span>
      </label>
      <LimitField edited={edited} />
      {ledger !== undefined && <LedgerTable ledger={ledger} />}
    </Section>
  );
}

interface GaugeProps {
  readonly remaining: number | null;
  readonly limit: number | null;
  readonly charged: number;
}

function Gauge({ remaining, limit, charged }: GaugeProps) {
  return (
    <p class="gauge">
      {remaining !== null && limit !== null && (
        <meter min={0} max={Math.max(limit, 1)} low={limit / 10} value={remaining} aria-label={t('quota.left')} />
      )}
      <span>
        {remaining === null ? t('quota.noLimit') : t('quota.leftOf', { left: remaining, limit: limit ?? remaining })} ·{' '}
        {t('quota.charged', { charged })}
      </span>
    </p>
  );
}

/** The limit that applies: the package under a contract, else the daily quota. */
function LimitField({ edited: { form, wrong, edit } }: { readonly edited: EditedApp }) {
  const name = form.contracted ? 'callPackage' : 'dailyQuota';
  return (
    <TextField
      key={name}
      label={t(form.contracted ? 'quota.package' : 'quota.daily')}
      hint={t(form.contracted ? 'quota.packageHint' : 'quota.dailyHint')}
      problem={wrong.includes(name) ? t('quota.wrong') : undefined}
      inputMode="numeric"
      value={form[name]}
      onInput={(value) => edit({ [name]: value.trim() })}
    />
  );
}

function LedgerTable({ ledger }: { readonly ledger: Ledger }) {
  if (ledger.records.length === 0) return <p class="hint">{t('ledger.empty')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section class="table-scroll ledger" tabIndex={0} aria-label={t('ledger.title')}>
      <table>
        <caption>{t('ledger.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('request.at')}</th>
            <th scope="col">{t('operation')}</th>
            <th scope="col">{t('code')}</th>
            <th scope="col">taskId</th>
          </tr>
        </thead>
        <tbody>
          {ledger.records.map(({ taskId, operation, resultCode, atMs }) => (
            <tr key={taskId}>
              <td>{beijingDateTime(atMs)}</td>
              <td>{t(`operation.${operation}`)}</td>
              <td>
                <CodeBadge operation={operation} code={resultCode} withWords={false} />
              </td>
              <td>
                <code>{taskId}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const LIMIT = 50;

/** @param app - given if its settings change the remaining calls. */
function useLedger(appId: string, app?: App): Signal<Ledger | undefined> {
  const ledger = useSignal<Ledger | undefined>(undefined);
  const lastCharged = records.value.find((record) => record.charged && record.appId === appId)?.id;
  const isEmpty = records.value.length === 0;
  // The ledger changes when the journal is cleared, and with the app's settings.
  useEffect(() => {
    const params = { path: { appId }, query: { limit: LIMIT } };
    answerOf(control.GET('/_mock/apps/{appId}/ledger', { params }))
      .then((read) => {
        ledger.value = read;
      })
      .catch(notifyProblem);
  }, [appId, lastCharged, isEmpty, app]);
  return ledger;
}
