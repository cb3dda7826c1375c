/** The simulated handset: its form, the phone, and the exchange with the carrier. */
import { useEffect } from 'preact/hooks';
import type { Subscriber } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { CopyButton, JsonText, ShellText } from '../parts/code-text.js';
import { type Choice, choices, SelectField, Tabs, TextField } from '../parts/field.js';
import { Panel } from '../parts/panel.js';
import { type CarrierRequest, curlCommand } from '../state/carrier.js';
import { OPERATIONS } from '../state/operations.js';
import { place } from '../state/place.js';
import { isPhoneNumber } from '../state/scripts.js';
import { appOptions, apps, carrierAddress, subscribers } from '../state/server-data.js';
import { AnswerField } from './answer-field.js';
import { choice, chooseOther, isGone, prepared, shownExchange, token } from './handset-state.js';
import { LoginSequence } from './login-sequence.js';
import { Phone } from './phone.js';

export function HandsetView() {
  // A link may name an app that was created after this page was opened.
  useEffect(() => void apps.reload(), []);
  // Subscribes to the address, so that the copied link is current.
  const { parameters } = place.value;
  // Other machines cannot open a local address.
  const isLocal = /^(?:localhost|127\..*|\[::1\])$/.test(location.hostname);
  return (
    <div class="handset">
      <div class="handset-form">
        <h1>{t('view.handset')}</h1>
        <p class="lead">{t('handset.lead')}</p>
        <HandsetForm />
        <p class="hint">
          {t(isLocal ? 'handset.linkLocal' : 'handset.link')}{' '}
          <CopyButton
            key={JSON.stringify(parameters)}
            text={location.href}
            label="handset.copyLink"
          />
        </p>
      </div>
      <Phone />
      <div class="handset-result">
        <LoginSequence />
        <ExchangePanels />
      </div>
    </div>
  );
}

/** The exchange with the carrier: the request and the response. */
function ExchangePanels() {
  const shown = shownExchange.value;
  const request = shown?.request ?? prepared.value?.request;
  if (token.value === undefined || request === undefined) return null;
  const body = shown?.answer?.body ?? '';
  return (
    <div class="exchange">
      <RequestPanel request={request} clientIp={shown?.clientIp} />
      {body !== '' && (
        <Panel title={t('answer')}>
          <JsonText text={body} name={t('answer')} />
        </Panel>
      )}
    </div>
  );
}

interface RequestPanelProps {
  readonly request: CarrierRequest;
  /** The address of the server that sent it; undefined for the handset's own request. */
  readonly clientIp: string | undefined;
}

function RequestPanel({ request, clientIp }: RequestPanelProps) {
  return (
    <Panel title={t('request')}>
      <p class="hint">
        {clientIp === undefined
          ? t('handset.requestHint')
          : t('handset.fromServer', { ip: clientIp })}
      </p>
      <JsonText text={request.body} name={`${request.method} ${request.path}`} />
      <details>
        <summary>curl</summary>
        <ShellText text={curlCommand(request, carrierAddress.value)} name="curl" />
      </details>
    </Panel>
  );
}

const ANOTHER = 'another';

function HandsetForm() {
  const { appId, operation } = choice.value;
  return (
    <form class="fields" onSubmit={(event) => event.preventDefault()}>
      <Tabs
        label={t('operation')}
        value={operation}
        options={choices(OPERATIONS, (name) => t(`operation.${name}`))}
        onChange={(value) => chooseOther({ operation: value })}
      />
      <SelectField
        label={t('app')}
        value={appId ?? ''}
        hint={isGone.value && appId !== undefined ? t('handset.appGone', { appId }) : undefined}
        options={appOptions()}
        onChange={(value) => chooseOther({ app: value })}
      />
      <SubscriberFields />
      <AnswerField />
    </form>
  );
}

/** A known number, or another one to type. */
function SubscriberFields() {
  const { phoneNumber } = choice.value;
  const listed = subscribers.value ?? [];
  const sim = listed.find((subscriber) => subscriber.phoneNumber === phoneNumber);
  return (
    <>
      <SelectField
        label={t('handset.subscriber')}
        hint={sim && t(sim.failure === null ? 'failure.none' : `failure.${sim.failure}.does`)}
        value={sim?.phoneNumber ?? ANOTHER}
        options={[...listed.map(numberChoice), { value: ANOTHER, text: t('handset.another') }]}
        onChange={(value) =>
          chooseOther({ number: value === ANOTHER ? '1' : value, asked: undefined })
        }
      />
      {sim === undefined && <NumberField phoneNumber={phoneNumber} />}
    </>
  );
}

function numberChoice({ phoneNumber, operator, failure }: Subscriber): Choice<string> {
  const kind = t(failure === null ? `operator.${operator}` : `failure.${failure}`);
  return { value: phoneNumber, text: `${phoneNumber} · ${kind}` };
}

function NumberField({ phoneNumber }: { readonly phoneNumber: string }) {
  const isWrong = phoneNumber !== '' && !isPhoneNumber(phoneNumber);
  return (
    <TextField
      label={t('handset.number')}
      inputMode="tel"
      value={phoneNumber}
      problem={isWrong ? t('handset.numberWrong') : undefined}
      onChange={(value) => chooseOther({ number: value.trim() })}
    />
  );
}
