/** The sequence of a login or verification between phone, server and carrier. */
import type { ComponentChildren } from 'preact';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { Copied } from '../parts/code-text.js';
import { Button } from '../parts/panel.js';
import { countdown } from '../parts/times.js';
import { appState } from '../state/app-state.js';
import { msisdnIn, resultCodeIn } from '../state/bodies.js';
import { hashOf } from '../state/hash.js';
import { isSuccess } from '../state/operations.js';
import { operationRow } from '../state/server-data.js';
import {
  choice,
  type HandsetToken,
  isKeyMissing,
  isSending,
  remainingMsOf,
  type ShownExchange,
  send,
  shownExchange,
  tap,
  token,
} from './handset-state.js';

const LANES = ['phone', 'server', 'carrier'] as const;
interface StepProps {
  readonly from: (typeof LANES)[number];
  readonly to: (typeof LANES)[number];
  readonly isDone: boolean;
  readonly isBad?: boolean;
  readonly text: string;
  /** Shown below the arrow. */
  readonly children?: ComponentChildren;
}

export function LoginSequence() {
  return (
    <section class="panel sequence" aria-labelledby="sequence-title">
      <header>
        <h2 id="sequence-title">{t('sequence.title')}</h2>
      </header>
      <div class="lanes">
        {LANES.map((lane) => (
          <span key={lane}>{t(`sequence.lane.${lane}`)}</span>
        ))}
      </div>
      <ol>
        <TokenSteps current={token.value} />
        <ExchangeSteps />
      </ol>
    </section>
  );
}

/** The phone gets a token, and passes it to its server. */
function TokenSteps({ current }: { readonly current: HandsetToken | undefined }) {
  const isObtained = current !== undefined;
  return (
    <>
      <Step from="phone" to="carrier" isDone={isObtained} text={t('sequence.ask')} />
      <Step from="carrier" to="phone" isDone={isObtained} text={t('token')}>
        {isObtained ? (
          <>
            <p>
              <Copied class="token" text={current.token} name={t('token')} />
            </p>
            <TokenLife minted={current} />
          </>
        ) : (
          <p class="hint">{t('sequence.tapFirst')}</p>
        )}
      </Step>
      <Step from="phone" to="server" isDone={isObtained} text={t('sequence.pass')}>
        {isObtained && <SendAction current={current} />}
      </Step>
    </>
  );
}

/** The server sends the token to the carrier, and responds to the phone. */
function ExchangeSteps() {
  const { operation } = choice.value;
  const shown = shownExchange.value;
  const isSent = shown !== undefined;
  const isBad = isSent && isFailure(shown);
  return (
    <>
      <Step from="server" to="carrier" isDone={isSent} text={`POST ${operation}`}>
        <p class="hint">
          <code>{operationRow(operation)?.url}</code>
        </p>
        {shown?.clientIp !== undefined && (
          <p class="from-server">{t('handset.fromServer', { ip: shown.clientIp })}</p>
        )}
      </Step>
      <Step
        from="carrier"
        to="server"
        isDone={shown?.answer !== undefined}
        isBad={isBad}
        text={t('answer')}
      >
        {isSent && <AnswerLine />}
      </Step>
      <Step
        from="server"
        to="phone"
        isDone={isSent}
        isBad={isBad}
        text={t(isBad ? 'sequence.fallBack' : `sequence.end.${operation}`)}
      />
    </>
  );
}

function isFailure({ answer }: ShownExchange): boolean {
  const resultCode = resultCodeIn(answer?.body ?? '') ?? null;
  return !isSuccess({ operation: choice.value.operation, resultCode });
}

/** A used or expired token can only be refused. */
function SendAction({ current }: { readonly current: HandsetToken }) {
  if (current.usedBy !== null || remainingMsOf(current) === 0) {
    return (
      <p class="actions">
        <Button class="primary" text={t('handset.newToken')} onClick={tap} />
      </p>
    );
  }
  if (isKeyMissing(current)) {
    const keys = { view: 'apps', opened: current.appId, parameters: { section: 'keys' } } as const;
    return (
      <p class="hint">
        {t('handset.needsKey')} <a href={hashOf(keys)}>{t('section.keys')}</a>
      </p>
    );
  }
  return (
    <p class="actions">
      <Button
        class="primary"
        text={t(isSending.value ? 'handset.sending' : 'handset.send')}
        disabled={isSending.value}
        onClick={send}
      />
      <span class="hint">{t(`handset.send.${current.capability}`)}</span>
    </p>
  );
}

function Step({ from, to, isDone, isBad = false, text, children }: StepProps) {
  const state = isDone ? (isBad ? 'failed' : 'done') : 'pending';
  return (
    <li class={`step ${state} ${from}-${to}`}>
      <span class="off-screen">
        {t(`sequence.lane.${from}`)} → {t(`sequence.lane.${to}`)}:
      </span>
      <span class="step-text">{text}</span>
      <span class="arrow" aria-hidden="true" />
      {children && <div class="step-more">{children}</div>}
    </li>
  );
}

function AnswerLine() {
  const answer = shownExchange.value?.answer;
  if (answer === undefined) return <p role="status">{t('handset.broken')}</p>;
  const { body, status, requestId } = answer;
  const code = resultCodeIn(body);
  const msisdn = msisdnIn(body);
  return (
    <div class="answer-line">
      <p role="status">
        {code === undefined && t(body === '' ? 'handset.noBody' : 'handset.notJson', { status })}
        {code !== undefined && <CodeBadge operation={choice.value.operation} code={code} />}
      </p>
      {msisdn !== undefined && (
        <p class="msisdn">
          {t('handset.phoneNumber')} <strong>{msisdn}</strong>
        </p>
      )}
      {requestId !== undefined && (
        <a href={hashOf({ view: 'requests', opened: requestId })}>{t('handset.why')}</a>
      )}
    </div>
  );
}

/** The remaining life of the token, by the app's clock. */
function TokenLife({ minted }: { readonly minted: HandsetToken }) {
  const { appId, capability, usedBy, issuedAtMs, expiresAtMs } = minted;
  if (usedBy !== null) {
    return (
      <p class="token-life used" role="status">
        {t('handset.used')}{' '}
        <a href={hashOf({ view: 'requests', opened: usedBy })}>{t('handset.usedBy')}</a>
      </p>
    );
  }
  const remainingMs = remainingMsOf(minted);
  if (remainingMs === undefined) return null;
  if (remainingMs === 0) {
    return (
      <p class="token-life expired" role="status">
        {t(`handset.expired.${capability}`)}
      </p>
    );
  }
  return (
    <p class="token-life">
      <progress
        max={expiresAtMs - issuedAtMs}
        value={remainingMs}
        aria-label={t('handset.timeLeft')}
      />
      <span class="countdown">{countdown(remainingMs)}</span>
      <span class="hint">
        {t(appState(appId)?.clock.frozen === true ? 'handset.clockStopped' : 'handset.byAppClock')}
      </span>
    </p>
  );
}
