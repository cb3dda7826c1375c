/** The form with the phone's SIM card and the app. */
import type { Subscriber } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { SelectField, TextField } from '../parts/field.js';
import { Tabs } from '../parts/tabs.js';
import { choiceLabel } from '../state/app-names.js';
import { apps, OPERATIONS, subscribers } from '../state/server-data.js';
import { choice, choose, type HandsetChange, isGone, isPhoneNumber, OPERATORS } from './handset-choice.js';
import { clearToken } from './handset-token.js';

const ANOTHER = 'another';

function change(changed: HandsetChange): void {
  clearToken();
  choose(changed);
}

export function HandsetForm() {
  const { appId, operation, phoneNumber, operator } = choice.value;
  const listed = subscribers.value ?? [];
  const isListed = listed.some((subscriber) => subscriber.phoneNumber === phoneNumber);
  return (
    <form class="fields" onSubmit={(event) => event.preventDefault()}>
      <Tabs
        label={t('operation')}
        value={operation}
        options={OPERATIONS.map((name) => ({ value: name, text: t(`operation.${name}`) }))}
        onChange={(value) => change({ operation: value })}
      />
      <SelectField
        label={t('app')}
        value={appId ?? ''}
        hint={isGone.value && appId !== undefined ? t('handset.appGone', { appId }) : undefined}
        options={(apps.value ?? []).map((app) => ({ value: app.appId, text: choiceLabel(app) }))}
        onChange={(value) => change({ app: value })}
      />
      <SelectField
        label={t('handset.subscriber')}
        hint={hintOf(listed.find((subscriber) => subscriber.phoneNumber === phoneNumber))}
        value={isListed ? phoneNumber : ANOTHER}
        options={[
          ...listed.map((subscriber) => ({ value: subscriber.phoneNumber, text: subscriberText(subscriber) })),
          { value: ANOTHER, text: t('handset.another') },
        ]}
        onChange={(value) => change({ number: value === ANOTHER ? '1' : value, operator: undefined, asked: undefined })}
      />
      {!isListed && (
        <TextField
          label={t('handset.number')}
          inputMode="tel"
          value={phoneNumber}
          problem={phoneNumber === '' || isPhoneNumber(phoneNumber) ? undefined : t('handset.numberWrong')}
          onInput={(value) => change({ number: value.trim() })}
        />
      )}
      <SelectField
        label={t('handset.network')}
        hint={t('handset.networkHint')}
        value={operator}
        options={OPERATORS.map((name) => ({ value: name, text: t(`operator.${name}`) }))}
        onChange={(value) => change({ operator: value })}
      />
    </form>
  );
}

function subscriberText({ phoneNumber, operator, persona }: Subscriber): string {
  const words = persona === null ? t(`operator.${operator}`) : t(`persona.${persona}`);
  return `${phoneNumber} · ${words}`;
}

function hintOf(subscriber: Subscriber | undefined): string | undefined {
  if (subscriber === undefined) return undefined;
  return subscriber.persona === null ? t('persona.none') : t(`persona.${subscriber.persona}.does`);
}
