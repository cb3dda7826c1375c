/** The simulated handset: its form, the phone, and the exchange with the carrier. */
import { useEffect } from 'preact/hooks';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { curlCommand } from '../parts/curl-command.js';
import { JsonText } from '../parts/json-text.js';
import { Panel } from '../parts/panel.js';
import { ShellText } from '../parts/shell-text.js';
import { place } from '../state/place.js';
import { apps, carrierAddress } from '../state/server-data.js';
import { HandsetForm } from './handset-form.js';
import { prepared, sent, token } from './handset-token.js';
import { LoginSequence } from './login-sequence.js';
import { Phone } from './phone.js';

/** Other machines cannot open a local address. */
const isLocal = /^(?:localhost|127\..*|\[::1\])$/.test(location.hostname);

export function HandsetView() {
  // A link may name an app that was created after this page was opened.
  useEffect(() => void apps.reload(), []);
  // Subscribes to the address, so that the copied link is current.
  const { parameters } = place.value;
  return (
    <div class="handset">
      <div class="handset-form">
        <h1>{t('view.handset')}</h1>
        <p class="lead">{t('handset.lead')}</p>
        <HandsetForm />
        <p class="hint">
          {t(isLocal ? 'handset.linkLocal' : 'handset.link')}{' '}
          <CopyButton key={JSON.stringify(parameters)} text={location.href} label="handset.copyLink" />
        </p>
      </div>
      <Phone />
      <div class="handset-result">
        <LoginSequence />
        <ExchangePanels />
      </div>
    </div>
  );
}

/** The exchange with the carrier: the request and the response. */
function ExchangePanels() {
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
