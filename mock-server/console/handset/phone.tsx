/** The phone: for login the carrier's authorisation page, as the real SDK shows it; for verify a page of the app. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../messages/message.js';
import { Check } from '../parts/field.js';
import { Button, submitted } from '../parts/panel.js';
import { Waiting } from '../parts/send-button.js';
import { beijingTime } from '../parts/times.js';
import { appNowMs } from '../state/app-state.js';
import { masked, msisdnIn, resultCodeIn } from '../state/bodies.js';
import { isOfBrowser, isSuccess, sendsNumber } from '../state/operations.js';
import { isPhoneNumber } from '../state/scripts.js';
import { appLabel } from '../state/server-data.js';
import { storedChoice } from '../state/stored-choice.js';
import {
  choice,
  isGone,
  shownExchange,
  tap,
  token,
  typeNumber,
  waitingSinceMs,
} from './handset-state.js';

export function Phone() {
  const { operation, appId } = choice.value;
  const now = appId === undefined ? undefined : appNowMs(appId);
  return (
    <section class="phone" aria-label={t('handset.phone')}>
      <div class="phone-screen">
        <div class="phone-status" aria-hidden="true">
          <span>{now === undefined ? '' : beijingTime(now).slice(0, 'hh:mm'.length)}</span>
          <span class="phone-signal">5G ▂▄▆</span>
        </div>
        {sendsNumber(operation) ? <VerificationPage /> : <AuthorisationPage />}
        <ResultScreen />
      </div>
    </section>
  );
}

const agreement = storedChoice<'no' | 'yes'>({
  name: 'agreement',
  options: ['no', 'yes'],
  otherwise: 'no',
});

function AuthorisationPage() {
  const { phoneNumber, operator } = choice.value;
  const isRefused = useSignal(false);
  const isAgreed = agreement.value === 'yes';
  const isReady = !isGone.value && isPhoneNumber(phoneNumber);
  const logIn = () => {
    isRefused.value = !isAgreed;
    return isAgreed && tap();
  };
  return (
    <AppPage title={t('handset.pageTitle')}>
      <p class="masked">{isReady ? masked(phoneNumber) : '—'}</p>
      <p class="slogan">{t(`handset.slogan.${operator}`)}</p>
      <Button class="tap" text={t('handset.tap')} disabled={!isReady} onClick={logIn} />
      <p class="phone-message" role="status">
        {isRefused.value && t('handset.agreeFirst')}
      </p>
      <Check
        class="agree"
        text={t(`handset.terms.${operator}`)}
        value={isAgreed}
        onChange={(agrees) => {
          agreement.value = agrees ? 'yes' : 'no';
          isRefused.value = false;
        }}
      />
    </AppPage>
  );
}

function AppPage({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  const { appId, operation } = choice.value;
  const label = appId === undefined ? 'App' : appLabel(appId);
  return (
    <div class="authorisation">
      {isOfBrowser(operation) && (
        <p class="address-bar" aria-hidden="true">
          https://m.example.com/login
        </p>
      )}
      <p class="phone-title">
        {!isOfBrowser(operation) && <span aria-hidden="true">✕</span>} {title}
      </p>
      <div class="app-logo" aria-hidden="true">
        {[...label][0]?.toUpperCase()}
      </div>
      <p class="app-label">{label}</p>
      {children}
    </div>
  );
}

function VerificationPage() {
  const { phoneNumber, typedNumber } = choice.value;
  const isReady = !isGone.value && isPhoneNumber(phoneNumber) && isPhoneNumber(typedNumber);
  return (
    <AppPage title={t('handset.verifyTitle')}>
      <form class="verification" onSubmit={submitted(() => isReady && tap())}>
        <label class="asked">
          <span>{t('handset.typedNumber')}</span>
          <input
            inputMode="tel"
            autocomplete="off"
            value={typedNumber}
            onInput={({ currentTarget }) => typeNumber(currentTarget.value.trim())}
          />
        </label>
        <p class="hint">{t('handset.simNumber', { number: phoneNumber })}</p>
        <button type="submit" class="tap" disabled={!isReady}>
          {t('handset.verify')}
        </button>
        <p class="phone-message" role="status">
          {!isPhoneNumber(typedNumber) && t('handset.numberWrong')}
        </p>
      </form>
    </AppPage>
  );
}

function ResultScreen() {
  if (token.value === undefined) return null;
  const shown = shownExchange.value;
  if (waitingSinceMs.value !== undefined)
    return (
      <div class="phone-ending">
        <Waiting sinceMs={waitingSinceMs.value} />
      </div>
    );
  if (shown === undefined) return <p class="phone-ending">{t('handset.gotToken')}</p>;
  const { operation } = choice.value;
  const body = shown.answer?.body ?? '';
  const number = msisdnIn(body) ?? '';
  if (!isSuccess({ operation, resultCode: resultCodeIn(body) ?? null })) {
    return <p class="phone-ending failed">✗ {t(`handset.failed.${operation}`)}</p>;
  }
  return (
    <p class="phone-ending done">
      ✓ {t(`handset.done.${operation}`)} {isPhoneNumber(number) && masked(number)}
    </p>
  );
}
