/** The token in the hand: to copy, to watch run out by the app's clock, to send. */
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { Panel } from '../parts/panel.js';
import { countdown } from '../parts/times.js';
import { appNowMs, clockOf } from '../state/app-clock.js';
import { hashOf } from '../state/hash.js';
import { attempt } from '../state/notices.js';
import { type HandsetToken, isSending, send, token } from './handset-token.js';

export function TokenCard() {
  const held = token.value;
  if (held === undefined) {
    return (
      <Panel title={t('token')}>
        <p class="hint">{t('handset.noToken')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('token')} aside={<CopyButton text={held.token} of={t('token')} />}>
      <p>
        <code class="token">{held.token}</code>
      </p>
      <TokenLife held={held} />
      <button type="button" class="primary" disabled={isSending.value} onClick={() => void attempt(send)}>
        {t(isSending.value ? 'handset.sending' : 'handset.send')}
      </button>
      <p class="hint">{t(held.capability === 'loginTokenValidate' ? 'handset.sendLogin' : 'handset.sendVerify')}</p>
    </Panel>
  );
}

function TokenLife({ held }: { readonly held: HandsetToken }) {
  const { appId, usedBy, issuedAtMs, expiresAtMs } = held;
  if (usedBy !== null) {
    return (
      <p class="token-life used" role="status">
        {t('handset.used')} <a href={hashOf({ view: 'requests', opened: usedBy })}>{t('handset.usedBy')}</a>
      </p>
    );
  }
  const now = appNowMs(appId);
  if (now === undefined) return null;
  // The clock was looked at a moment before the token was made, and a network lies between.
  const left = Math.min(expiresAtMs - now, expiresAtMs - issuedAtMs);
  if (left <= 0) {
    return (
      <p class="token-life dead" role="status">
        {t(held.capability === 'loginTokenValidate' ? 'handset.deadLogin' : 'handset.deadVerify')}
      </p>
    );
  }
  return (
    <p class="token-life">
      <progress max={expiresAtMs - issuedAtMs} value={left} aria-label={t('handset.timeLeft')} />
      <span class="countdown">{countdown(left)}</span>
      <span class="hint">{t(clockOf(appId)?.frozen === true ? 'handset.clockStands' : 'handset.byAppClock')}</span>
    </p>
  );
}
