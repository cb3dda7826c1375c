/** The sequence of a login or verification between phone, server and carrier. */
import type { ComponentChildren } from 'preact';
import { t } from '../messages/message.js';
import { AnswerLine } from '../parts/answer-line.js';
import { Copied } from '../parts/code-text.js';
import { Button } from '../parts/panel.js';
import { SendButton, TimeoutSelect, Waiting } from '../parts/send-button.js';
import { countdown } from '../parts/times.js';
import { appState } from '../state/app-state.js';
import { resultCodeIn } from '../state/bodies.js';
import { hashOf } from '../state/hash.js';
import { isSuccess } from '../state/operations.js';
import { operationRow } from '../state/server-data.js';
import {
  choice,
  type HandsetToken,
  isTokenGone,
  remainingMsOf,
  type ShownExchange,
  send,
  sending,
  shownExchange,
  tap,
  token,
  waitingSinceMs,
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
  const isLost = isTokenGone.value;
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
          <p class={isLost ? 'wrong' : 'hint'} role="status">
            {t(isLost ? 'handset.tokenGone' : 'sequence.tapFirst')}
          </p>
        )}
      </Step>
      <Step from="phone" to="server" isDone={isObtained} text={t('sequence.pass')}>
        {isObtained && <SendAction current={current} />}
        {isLost && <NewToken />}
      </Step>
    </>
  );
}

/** The server sends the token to the carrier, and responds to the phone. */
function ExchangeSteps() {
  const { operation } = choice.value;
  const shown = shownExchange.value;
  const sinceMs = waitingSinceMs.value;
  const isEnded = shown !== undefined;
  const isSent = isEnded || sinceMs !== undefined;
  const isBad = isEnded && isFailure(shown);
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
        {isEnded && <AnswerLine operation={operation} sent={shown} />}
        {sinceMs !== undefined && <Waiting sinceMs={sinceMs} />}
      </Step>
      <Step
        from="server"
        to="phone"
        isDone={isEnded}
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

function NewToken() {
  return (
    <p class="actions">
      <Button class="primary" text={t('handset.newToken')} onClick={tap} />
    </p>
  );
}

/** A used or expired token can only be refused. */
function SendAction({ current }: { readonly current: HandsetToken }) {
  if (current.usedBy !== null || remainingMsOf(current) === 0) return <NewToken />;
  return (
    <>
      <p class="actions">
        <SendButton class="primary" text={t('handset.send')} send={send} sending={sending} />
        <TimeoutSelect />
      </p>
      <p class="hint">{t('handset.sendHint')}</p>
    </>
  );
}

/** A condition in JSX leaves false or undefined. */
function hasContent(children: ComponentChildren): boolean {
  return [children].flat().some((child) => child !== undefined && child !== false);
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
      {hasContent(children) && <div class="step-more">{children}</div>}
    </li>
  );
}

/** The remaining life of the token, by the app's clock. */
function TokenLife({ minted }: { readonly minted: HandsetToken }) {
  const { appId, capability, usedBy } = minted;
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
      <span class="countdown">{countdown(remainingMs)}</span>
      <span class="hint">
        {t(appState(appId)?.clock.frozen === true ? 'handset.clockStopped' : 'handset.byAppClock')}
      </span>
    </p>
  );
}
