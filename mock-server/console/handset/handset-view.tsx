/** A simulated handset: what the SIM card and the SDK do in a real one. */
import { useEffect } from 'preact/hooks';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { useClock } from '../state/app-clock.js';
import { place } from '../state/place.js';
import { apps } from '../state/server-data.js';
import { ExchangeCard } from './exchange-card.js';
import { choice, isGone } from './handset-choice.js';
import { HandsetForm } from './handset-form.js';
import { Phone } from './phone.js';
import { TokenCard } from './token-card.js';

/** Elsewhere the address of this machine leads nowhere. */
const isLocal = /^(?:localhost|127\..*|\[::1\])$/.test(location.hostname);

export function HandsetView() {
  // A link may be to an app that was made after this page was opened.
  useEffect(() => void apps.reload(), []);
  useClock(isGone.value ? undefined : choice.value.appId);
  // Read, so that the link to copy follows the address.
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
        <TokenCard />
        <ExchangeCard />
      </div>
    </div>
  );
}
