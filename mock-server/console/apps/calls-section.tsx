/** The remaining calls of the quota or package, and 话单: the charged calls. */
import type { Ledger } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { Check, TextField } from '../parts/field.js';
import { beijingDateTime } from '../parts/times.js';
import { newestAtPause } from '../state/live-requests.js';
import { callOf } from '../state/mock.js';
import { useLoaded } from '../state/notices.js';
import type { EditedApp } from './edited-app.js';
import { Section } from './section.js';

const LIMIT = 50;

export function CallsSection({ edited: { app, input } }: { readonly edited: EditedApp }) {
  const ledger = useLoaded(
    () => callOf(app.appId)('GET /ledger', { query: { limit: LIMIT } }),
    [newestAtPause.value, app],
  );
  // The limit that applies: the package under a contract, else the daily quota.
  const [limit, words] = input('contracted').value
    ? (['callPackage', 'package'] as const)
    : (['dailyQuota', 'daily'] as const);
  return (
    <Section name="calls" hint={t('quota.hint')}>
      {ledger !== undefined && (
        <Remaining limit={app.contracted ? app.callPackage : app.dailyQuota} ledger={ledger} />
      )}
      <Check text={t('quota.contracted')} {...input('contracted')} />
      <TextField
        key={limit}
        label={t(`quota.${words}`)}
        hint={t(`quota.${words}Hint`)}
        inputMode="numeric"
        {...input(limit)}
      />
      {ledger !== undefined && <LedgerTable ledger={ledger} />}
    </Section>
  );
}

function Remaining({
  limit,
  ledger: { remaining, charged },
}: {
  readonly limit: number | null;
  readonly ledger: Ledger;
}) {
  return (
    <p>
      {remaining === null
        ? t('quota.noLimit')
        : t('quota.leftOf', { left: remaining, limit: limit ?? remaining })}{' '}
      · {t('quota.charged', { charged })}
    </p>
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
            {[t('request.at'), t('operation'), t('code'), 'taskId'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
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
