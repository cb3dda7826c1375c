/** A simulated handset: what the SIM card and the SDK do in a real one. */
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { useClock } from '../state/app-clock.js';
import { place } from '../state/place.js';
import { ExchangeCard } from './exchange-card.js';
import { choice } from './handset-choice.js';
import { HandsetForm } from './handset-form.js';
import { Phone } from './phone.js';
import { TokenCard } from './token-card.js';

export function HandsetView() {
  useClock(choice.value.appId);
  // Read, so that the link to copy follows the address.
  const { parameters } = place.value;
  return (
    <div class="handset">
      <div class="handset-form">
        <h1>{t('view.handset')}</h1>
        <p class="lead">{t('handset.lead')}</p>
        <HandsetForm />
        <p class="hint">
          {t('handset.link')}{' '}
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
