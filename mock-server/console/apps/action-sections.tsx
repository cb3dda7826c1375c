/** The sections whose buttons act at once: keys, clock, and the state of an app. */
import { useSignal } from '@preact/signals';
import type { App } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import type { MockApp, SavedSnapshot } from '../../../src/control/mock-app.js';
import { t } from '../messages/message.js';
import { Copied, Secret } from '../parts/code-text.js';
import { LinesField } from '../parts/field.js';
import { Button, ConfirmButton, Facts } from '../parts/panel.js';
import { beijingDateTime, nextBeijingMidnight } from '../parts/times.js';
import {
  appNowMs,
  appState,
  changeAppState,
  privateKeysOf,
  refreshAppState,
  rememberPrivateKeys,
  setToRealTime,
} from '../state/app-state.js';
import { mock, mockApp } from '../state/mock.js';
import { notifyDone, notifyProblem, useLoaded } from '../state/notices.js';
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
  const privateKey = privateKeysOf(appId)[half];
  const generate = async () => {
    const generated = await mock.keyPair();
    await mockApp(appId).update({ [field]: generated.publicKey });
    await apps.reload();
    notifyDone(t('keys.registered'));
    rememberPrivateKeys(appId, { [half]: generated.privateKey });
  };
  return (
    <>
      {registered === null ? (
        <span class="hint">{t('keys.none')}</span>
      ) : (
        <Copied class="public-key" text={registered} name={t(`keys.${field}`)} />
      )}
      {privateKey !== undefined && (
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
        <LinesField label={t('keys.own')} {...edited.input(field)} />
      </details>
    </>
  );
}

const STEPS = ['30s', '2m', '5m', '1h', '1d'] as const;

/** The app's clock, and the buttons that stop and move it. */
export function ClockSection({ appId }: { readonly appId: string }) {
  const now = appNowMs(appId);
  const clock = appState(appId)?.clock;
  const change = (call: (app: MockApp) => Promise<unknown>) => () => changeAppState(appId, call);
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
              onClick={change((app) => app.setClock({ frozen: !clock.frozen }))}
            />
            {STEPS.map((by) => (
              <Button
                key={by}
                text={t(`clock.by.${by}`)}
                onClick={change((app) => app.advance(by))}
              />
            ))}
            <Button
              text={t('clock.midnight')}
              onClick={change((app) => app.setClock({ atMs: nextBeijingMidnight(now) }))}
            />
            <Button text={t('hidden.clockUndo')} onClick={change(setToRealTime)} />
          </div>
        </>
      )}
    </Section>
  );
}

/** The snapshots of an app, and the buttons that reset and remove it. */
export function StateSection({ app: { appId, origin } }: { readonly app: App }) {
  const reset = async () => {
    await mockApp(appId).reset();
    discardEdits(appId);
    await Promise.all([apps.reload(), refreshAppState(appId)]);
    notifyDone(t('apps.wasReset'));
  };
  const remove = async () => {
    await mockApp(appId).dispose();
    discardEdits(appId);
    await apps.reload();
    goTo({ view: 'apps' });
  };
  return (
    <Section name="state" hint={t('state.hint')}>
      <Snapshots appId={appId} />
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

const NOT_SUPPORTED_BY_STORE = 501;

function Snapshots({ appId }: { readonly appId: string }) {
  const taken = useSignal(0);
  const app = mockApp(appId);
  const saved = useLoaded(
    () => app.snapshots(),
    [appId, taken.value],
    (error) => {
      // The Redis store does not support snapshots.
      if (!(error instanceof ControlError) || error.status !== NOT_SUPPORTED_BY_STORE)
        notifyProblem(error);
    },
  );
  if (saved === undefined) return <p class="hint">{t('state.noSnapshots')}</p>;
  const take = async () => {
    await app.snapshot();
    taken.value += 1;
  };
  const restore = async (snapshot: SavedSnapshot) => {
    await snapshot.restore();
    discardEdits(appId);
    await Promise.all([apps.reload(), refreshAppState(appId)]);
    notifyDone(t('state.restored'));
  };
  return (
    <div class="snapshots">
      <Button text={t('state.snapshot')} onClick={take} />
      <ul>
        {saved.map((snapshot) => (
          <li key={snapshot.id}>
            <span>{beijingDateTime(snapshot.atMs)}</span> <code>{snapshot.id}</code>
            <ConfirmButton
              class="small"
              text={t('state.restore')}
              question={t('state.restoreQuestion')}
              onClick={() => restore(snapshot)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
