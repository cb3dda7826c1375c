/** 话单: what was charged. */
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { Panel } from '../parts/panel.js';
import { beijingDateTime } from '../parts/times.js';
import { useLedger } from './app-ledger.js';

export function LedgerPanel({ appId }: { readonly appId: string }) {
  const ledger = useLedger(appId).value;
  if (ledger === undefined) return null;
  return (
    <Panel
      title={t('ledger.title')}
      aside={<span class="hint">{t('quota.charged', { charged: ledger.charged })}</span>}
    >
      {ledger.records.length === 0 ? (
        <p class="hint">{t('ledger.empty')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        <section class="table-scroll ledger" tabIndex={0} aria-label={t('ledger.title')}>
          <table>
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
                    <CodeBadge operation={operation} code={resultCode} />
                  </td>
                  <td>
                    <code>{taskId}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
