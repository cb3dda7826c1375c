/** The server's request with the token, and the carrier's response. */
import { t } from '../messages/message.js';
import { curlCommand } from '../parts/curl-command.js';
import { JsonText } from '../parts/json-text.js';
import { Panel } from '../parts/panel.js';
import { ShellText } from '../parts/shell-text.js';
import { carrierAddress } from '../state/server-data.js';
import { prepared, sent, token } from './handset-token.js';

export function ExchangePanels() {
  const request = sent.value?.request ?? prepared.value;
  if (token.value === undefined || request === undefined) return null;
  const body = sent.value?.answer?.body ?? '';
  return (
    <div class="exchange">
      <Panel title={t('handset.request')}>
        <p class="hint">{t('handset.requestHint')}</p>
        <JsonText text={request.body} name={`${request.method} ${request.path}`} />
        <details>
          <summary>curl</summary>
          <ShellText text={curlCommand(request, carrierAddress.value)} name="curl" />
        </details>
      </Panel>
      {body !== '' && (
        <Panel title={t('answer')}>
          <JsonText text={body} name={t('answer')} />
        </Panel>
      )}
    </div>
  );
}
