/** The simulated handset: its form, the phone, and the exchange with the carrier. */
import type { Subscriber } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/code-text.js';
import { type Choice, SelectField, Tabs, TextField } from '../parts/field.js';
import { IS_LOCAL, place } from '../state/place.js';
import { isPhoneNumber } from '../state/scripts.js';
import { appOptions, operationOptions, subscribers } from '../state/server-data.js';
import { AnswerField } from './answer-field.js';
import { choice, chooseOther, isGone } from './handset-state.js';
import { LoginSequence } from './login-sequence.js';
import { Phone } from './phone.js';

export function HandsetView() {
  // Subscribes to the address, so that the copied link is current.
  const { parameters } = place.value;
  return (
    <div class="handset">
      <div class="handset-form">
        <h1>{t('view.handset')}</h1>
        <p class="lead">{t('handset.lead')}</p>
        <HandsetForm />
        <p class="hint">
          {t(IS_LOCAL ? 'handset.linkLocal' : 'handset.link')}{' '}
          <CopyButton
            key={JSON.stringify(parameters)}
            text={location.href}
            label="handset.copyLink"
          />
        </p>
      </div>
      <Phone />
      <LoginSequence />
    </div>
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
        options={operationOptions()}
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
