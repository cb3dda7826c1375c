/** The phone: the authorisation page of login as the real SDK shows it, or a page of the app's own for verify. */
import { useSignal } from '@preact/signals';
import { t } from '../messages/message.js';
import { attempt } from '../state/notices.js';
import { choice, choose, isGone, isPhoneNumber, masked } from './handset-choice.js';
import { prepare, sent, tap, token } from './handset-token.js';

export function Phone() {
  const { operation } = choice.value;
  return (
    <section class="phone" aria-label={t('handset.phone')}>
      <div class="phone-speaker" aria-hidden="true" />
      <div class="phone-screen">
        {operation === 'loginTokenValidate' ? <AuthorisationPage /> : <VerificationPage />}
      </div>
    </section>
  );
}

function AuthorisationPage() {
  const { phoneNumber, operator } = choice.value;
  const isAgreed = useSignal(false);
  const isReady = !isGone.value && isPhoneNumber(phoneNumber);
  return (
    <div class="authorisation">
      <div class="app-logo" aria-hidden="true">
        APP
      </div>
      <p class="masked">{isReady ? masked(phoneNumber) : '—'}</p>
      <p class="slogan">{t(`handset.slogan.${operator}`)}</p>
      <button type="button" class="tap" disabled={!isReady || !isAgreed.value} onClick={() => void attempt(tap)}>
        {t('handset.tap')}
      </button>
      <label class="agree">
        <input
          type="checkbox"
          checked={isAgreed.value}
          onChange={({ currentTarget }) => {
            isAgreed.value = currentTarget.checked;
          }}
        />
        <span>{t(`handset.terms.${operator}`)}</span>
      </label>
      {!isAgreed.value && <p class="hint">{t('handset.agreeFirst')}</p>}
      {token.value !== undefined && <p class="phone-done">✓ {t('handset.gotToken')}</p>}
    </div>
  );
}

function VerificationPage() {
  const { phoneNumber, askedNumber } = choice.value;
  const isReady = !isGone.value && isPhoneNumber(phoneNumber) && isPhoneNumber(askedNumber);
  const verify = (event: Event) => {
    event.preventDefault();
    if (isReady) void attempt(tap);
  };
  return (
    <form class="authorisation" onSubmit={verify}>
      <div class="app-logo" aria-hidden="true">
        APP
      </div>
      <p class="slogan">{t('handset.verifyLead')}</p>
      <label class="asked">
        <span>{t('handset.askedNumber')}</span>
        <input
          inputMode="tel"
          autocomplete="off"
          value={askedNumber}
          onInput={({ currentTarget }) => ask(currentTarget.value.trim())}
        />
      </label>
      <p class="hint">{t('handset.simNumber', { number: phoneNumber })}</p>
      <button type="submit" class="tap" disabled={!isReady}>
        {t('handset.verify')}
      </button>
      {!isPhoneNumber(askedNumber) && <p class="hint">{t('handset.numberWrong')}</p>}
      {token.value !== undefined && <p class="phone-done">✓ {t('handset.gotToken')}</p>}
    </form>
  );
}

/** The request that is shown is about the number that is typed. */
function ask(asked: string): void {
  choose({ asked });
  sent.value = undefined;
  if (isPhoneNumber(asked)) void attempt(prepare);
}
