/** The sections whose buttons act at once: keys, clock, and the state of an app. */
import type { App } from '../../../src/control/api.js';
import type { AppCallFunction } from '../../../src/control/calls/calls.js';
import { t } from '../messages/message.js';
import { Copied, Secret } from '../parts/code-text.js';
import { TextField } from '../parts/field.js';
import { Button, ConfirmButton, Facts } from '../parts/panel.js';
import { beijingDateTime, nextBeijingMidnight } from '../parts/times.js';
import {
  appNowMs,
  appState,
  changeApp,
  changeAppState,
  privateKeysOf,
  rememberPrivateKeys,
  setToRealTime,
} from '../state/app-state.js';
import { call, callOf } from '../state/mock.js';
import { notifyDone } from '../state/notices.js';
import { goTo } from '../state/place.js';
import { apps } from '../state/server-data.js';
import { discardEdits, type EditedApp } from './edited-app.js';
import { Section } from './section.js';

const PAIRS = [
  { field: 'appVerifyKey', half: 'sign' },
  { field: 'appEncryptKey', half: 'decrypt' },
] as const;

/** The app's two key pairs in the portal's format, and the carrier's public key. */
export function KeysSection({ edited }: { readonly edited: EditedApp }) {
  const { app } = edited;
  return (
    <Section name="keys" hint={t('keys.hint')}>
      <Facts
        class="keys-list"
        facts={[
          ...PAIRS.map(
            (pair) =>
              [
                t(`keys.${pair.field}`),
                <KeyPair key={pair.field} edited={edited} {...pair} />,
              ] as const,
          ),
          [
            t('keys.platform'),
            <Copied
              key="platform"
              class="public-key"
              text={app.platformPublicKey}
              name={t('keys.platform')}
            />,
          ],
        ]}
      />
    </Section>
  );
}

function KeyPair({ edited, field, half }: { readonly edited: EditedApp } & (typeof PAIRS)[number]) {
  const { appId, [field]: registered } = edited.app;
  const { [half]: privateKey = '' } = privateKeysOf(appId);
  const generate = async () => {
    const { publicKey, privateKey } = await call('POST /key-pairs', { body: {} });
    await changeApp(appId, (own) => own('PATCH', { body: { [field]: publicKey } }));
    notifyDone(t('keys.registered'));
    rememberPrivateKeys(appId, { [half]: privateKey });
  };
  return (
    <>
      {registered === null ? (
        <span class="hint">{t('keys.none')}</span>
      ) : (
        <Copied class="public-key" text={registered} name={t(`keys.${field}`)} />
      )}
      {privateKey !== '' && (
        <p>
          {t('keys.private')} <Secret name={t('keys.private')} value={privateKey} />
        </p>
      )}
      <div class="actions">
        {registered === null ? (
          <Button class="small" text={t('keys.generate')} onClick={generate} />
        ) : (
          <ConfirmButton
            class="small"
            text={t('keys.replace')}
            question={t('keys.replaceQuestion')}
            onClick={generate}
          />
        )}
      </div>
      <details>
        <summary>{t('apps.useOwn')}</summary>
        <TextField rows={2} label={t('keys.own')} {...edited.input(field)} />
        <TextField
          rows={2}
          label={t('keys.ownPrivate')}
          hint={t('keys.ownPrivateHint')}
          value={privateKey}
          onChange={(typed) => rememberPrivateKeys(appId, { [half]: typed.trim() })}
        />
      </details>
    </>
  );
}

const STEPS = ['30s', '2m', '5m', '1h', '1d'] as const;

/** The app's clock, and the buttons that stop and move it. */
export function ClockSection({ appId }: { readonly appId: string }) {
  const now = appNowMs(appId);
  const clock = appState(appId)?.clock;
  const change = (action: (own: AppCallFunction) => Promise<unknown>) => () =>
    changeAppState(appId, action);
  return (
    <Section name="clock" hint={t('clock.hint')}>
      {now !== undefined && clock !== undefined && (
        <>
          <p class="clock-face">
            <time>{beijingDateTime(now).slice(0, -'.045'.length)}</time>{' '}
            <span class="hint">{t('clock.beijing')}</span>
            {clock.frozen && <span class="badge fair">{t('clock.stopped')}</span>}
          </p>
          <div class="actions">
            <Button
              text={t(clock.frozen ? 'clock.resume' : 'clock.stop')}
              aria-pressed={clock.frozen}
              onClick={change((own) => own('PUT /clock', { body: { frozen: !clock.frozen } }))}
            />
            {STEPS.map((by) => (
              <Button
                key={by}
                text={t(`clock.by.${by}`)}
                onClick={change((own) => own('POST /clock/advance', { body: { by } }))}
              />
            ))}
            <Button
              text={t('clock.midnight')}
              onClick={change((own) =>
                own('PUT /clock', { body: { atMs: nextBeijingMidnight(now) } }),
              )}
            />
            <Button text={t('hidden.clockUndo')} onClick={change(setToRealTime)} />
          </div>
        </>
      )}
    </Section>
  );
}

/** The buttons that reset and remove an app. */
export function StateSection({ app: { appId, origin } }: { readonly app: App }) {
  const reset = async () => {
    await changeApp(appId, (own) => own('POST /reset'));
    discardEdits(appId);
    notifyDone(t('apps.wasReset'));
  };
  const remove = async () => {
    await callOf(appId)('DELETE');
    discardEdits(appId);
    await apps.reload();
    goTo({ view: 'apps' });
  };
  return (
    <Section name="state" hint={t('state.hint')}>
      <div class="actions">
        <ConfirmButton
          text={t('state.reset')}
          question={t('state.resetQuestion')}
          onClick={reset}
        />
        <ConfirmButton
          text={t('state.remove')}
          question={t(
            origin === 'configuration' ? 'state.removeConfigured' : 'state.removeQuestion',
          )}
          onClick={remove}
        />
      </div>
    </Section>
  );
}
