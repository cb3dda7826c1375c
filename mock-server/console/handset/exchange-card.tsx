/** What an app's server sends with the token, and what the carrier answered. */
import { type CarrierAnswer, msisdnIn, resultCodeIn } from '../api/carrier-call.js';
import type { MessageId } from '../messages/en.js';
import { t } from '../messages/message.js';
import { CodeBadge } from '../parts/code-badge.js';
import { CopiedText } from '../parts/copied-text.js';
import { curlCommand } from '../parts/curl-command.js';
import { Panel } from '../parts/panel.js';
import { prettyJson } from '../parts/pretty-json.js';
import { carrierAddress } from '../state/carrier-address.js';
import type { SentExchange } from '../state/carrier-exchange.js';
import { hashOf } from '../state/hash.js';
import { prepared, sent, token } from './handset-token.js';

export function ExchangeCard() {
  const held = token.value;
  const request = sent.value?.request ?? prepared.value;
  if (held === undefined || request === undefined) return null;
  return (
    <>
      {sent.value !== undefined && <AnswerPanel sent={sent.value} operation={held.capability} />}
      <Panel title={t('handset.request')}>
        <p class="hint">{t('handset.requestHint')}</p>
        <CopiedText text={prettyJson(request.body)} name={`${request.method} ${request.path}`} />
        <CopiedText text={curlCommand(request, carrierAddress.value)} name="curl" label="copyCurl" />
      </Panel>
    </>
  );
}

interface AnswerPanelProps {
  readonly sent: SentExchange;
  readonly operation: 'loginTokenValidate' | 'tokenValidate';
}

function AnswerPanel({ sent: { answer }, operation }: AnswerPanelProps) {
  if (answer === undefined) {
    return (
      <Panel title={t('answer')}>
        <p role="status">{t('handset.broken')}</p>
      </Panel>
    );
  }
  const msisdn = msisdnIn(answer.body);
  const code = resultCodeIn(answer.body);
  return (
    <Panel title={t('answer')}>
      <p role="status">
        {code === undefined ? (
          t(unreadable(answer), { status: answer.status })
        ) : (
          <CodeBadge operation={operation} code={code} />
        )}
      </p>
      {msisdn !== undefined && (
        <p class="msisdn">
          {t('handset.phoneNumber')} <strong>{msisdn}</strong>
        </p>
      )}
      {answer.body !== '' && <CopiedText text={prettyJson(answer.body)} name={t('answer')} />}
      {answer.requestId !== undefined && (
        <a class="button" href={hashOf({ view: 'requests', opened: answer.requestId })}>
          {t('handset.why')}
        </a>
      )}
    </Panel>
  );
}

/** A script may have asked for an answer that is none of the carrier's. */
function unreadable({ body }: CarrierAnswer): MessageId {
  return body === '' ? 'handset.noBody' : 'handset.notJson';
}
