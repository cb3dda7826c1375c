/** The remaining lifetime of a token by the app's clock, or the request that used it. */
import { t } from '../messages/message.js';
import { countdown } from '../parts/times.js';
import { appNowMs, appState } from '../state/app-state.js';
import { hashOf } from '../state/hash.js';
import type { HandsetToken } from './handset-token.js';

export function TokenLife({ token }: { readonly token: HandsetToken }) {
  const { appId, usedBy, issuedAtMs, expiresAtMs } = token;
  if (usedBy !== null) {
    return (
      <p class="token-life used" role="status">
        {t('handset.used')} <a href={hashOf({ view: 'requests', opened: usedBy })}>{t('handset.usedBy')}</a>
      </p>
    );
  }
  const now = appNowMs(appId);
  if (now === undefined) return null;
  // The clock was read a moment before the token was minted, so the difference can exceed the lifetime.
  const remainingMs = Math.min(expiresAtMs - now, expiresAtMs - issuedAtMs);
  if (remainingMs <= 0) {
    return (
      <p class="token-life expired" role="status">
        {t(token.capability === 'loginTokenValidate' ? 'handset.expiredLogin' : 'handset.expiredVerify')}
      </p>
    );
  }
  return (
    <p class="token-life">
      <progress max={expiresAtMs - issuedAtMs} value={remainingMs} aria-label={t('handset.timeLeft')} />
      <span class="countdown">{countdown(remainingMs)}</span>
      <span class="hint">
        {t(appState(appId)?.clock.frozen === true ? 'handset.clockStopped' : 'handset.byAppClock')}
      </span>
    </p>
  );
}
