/** The outcome of a sent request in one line: its code, or why there is no response. */

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Operation } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { msisdnIn, resultCodeIn } from '../state/bodies.js';
import type { SentExchange } from '../state/carrier.js';
import { hashOf } from '../state/hash.js';
import { CodeBadge } from './code-badge.js';
import { SendButton } from './send-button.js';

interface AnswerLineProps {
  readonly operation: Operation;
  readonly sent: SentExchange;
}

export function AnswerLine({ operation, sent: { answer, failure = 'broken' } }: AnswerLineProps) {
  if (answer === undefined) return <p role="status">{t(`handset.${failure}`)}</p>;
  const { body, status, requestId } = answer;
  const code = resultCodeIn(body);
  const msisdn = msisdnIn(body);
  return (
    <div class="answer-line">
      <p role="status">
        {code === undefined && t(body === '' ? 'handset.noBody' : 'handset.notJson', { status })}
        {code !== undefined && <CodeBadge operation={operation} code={code} />}
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

interface SendAndShowProps {
  readonly operation: Operation;
  readonly text: string;
  readonly send: (stopped: AbortSignal) => Promise<SentExchange>;
  /** Further buttons. */
  readonly children?: ComponentChildren;
}

/** A button that sends a request, and below it the outcome. */
export function SendAndShow({ operation, text, send, children }: SendAndShowProps) {
  const sent = useSignal<SentExchange | undefined>(undefined);
  const sendAndKeep = async (stopped: AbortSignal) => {
    sent.value = undefined;
    sent.value = await send(stopped);
  };
  return (
    <>
      <p class="actions">
        <SendButton class="primary" text={text} send={sendAndKeep} />
        {children}
      </p>
      {sent.value !== undefined && <AnswerLine operation={operation} sent={sent.value} />}
    </>
  );
}
