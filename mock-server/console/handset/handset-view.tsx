/** The simulated handset: its form, the phone, and the exchange with the carrier. */
import { useEffect } from 'preact/hooks';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { place } from '../state/place.js';
import { apps } from '../state/server-data.js';
import { ExchangePanels } from './exchange-panels.js';
import { HandsetForm } from './handset-form.js';
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
