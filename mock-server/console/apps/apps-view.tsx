/** The list of apps (from the configuration, created on this page, and created by tests), and the selected app. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { App } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { bound, Check, Search, TextField } from '../parts/field.js';
import { Button, ConfirmButton, Dialog, Skeleton } from '../parts/panel.js';
import { rememberPrivateKeys, selectedAppId } from '../state/app-state.js';
import { hashOf } from '../state/hash.js';
import { readJournal } from '../state/live-requests.js';
import { mock, mockApp } from '../state/mock.js';
import { notifyDone } from '../state/notices.js';
import { goTo, place } from '../state/place.js';
import { appOf, apps } from '../state/server-data.js';
import { AppPanel } from './app-panel.js';

export function AppsView() {
  useEffect(() => void apps.reload(), []);
  const { opened } = place.value;
  const app = appOf(selectedAppId.value ?? '');
  return (
    <div class={opened === undefined ? 'apps' : 'apps with-app'}>
      <AppsNav openedId={app?.appId} />
      {app !== undefined && <AppPanel key={app.appId} app={app} />}
      {apps.value === undefined && <Skeleton lines={12} />}
      {app === undefined && apps.value !== undefined && (
        <p class="empty">{opened === undefined ? t('apps.none') : t('apps.gone', { appId: opened })}</p>
      )}
    </div>
  );
}

const GROUPS: readonly App['origin'][] = ['configuration', 'console', 'api'];

function AppsNav({ openedId }: { readonly openedId: string | undefined }) {
  const isCreating = useSignal(false);
  const search = useSignal('');
  const found = (apps.value ?? []).filter((app) => matches(app, search.value));
  const create = (isOpen: boolean) => () => {
    isCreating.value = isOpen;
  };
  return (
    <nav class="apps-nav" aria-label={t('view.apps')}>
      <header>
        <h1>{t('view.apps')}</h1>
        <Button class="primary" text={t('apps.create')} onClick={create(true)} />
      </header>
      <Search label={t('apps.search')} {...bound(search)} />
      <div class="apps-groups">
        {GROUPS.map((group) => (
          <AppGroup
            key={group}
            group={group}
            all={found.filter(({ origin }) => origin === group)}
            openedId={openedId}
          />
        ))}
        {found.length === 0 && apps.value !== undefined && <p class="hint">{t('apps.noneFound')}</p>}
      </div>
      <div class="actions">
        <ConfirmButton
          class="small"
          text={t('apps.resetAll')}
          question={t('apps.resetAllQuestion')}
          onClick={resetAll}
        />
      </div>
      {isCreating.value && <NewApp onEnd={create(false)} />}
    </nav>
  );
}

function matches({ appId, name }: App, search: string): boolean {
  return `${appId}\n${name ?? ''}`.toLowerCase().includes(search.trim().toLowerCase());
}

interface AppGroupProps {
  readonly group: App['origin'];
  readonly all: readonly App[];
  readonly openedId: string | undefined;
}

function AppGroup({ group, all, openedId }: AppGroupProps) {
  if (all.length === 0) return null;
  return (
    <section aria-label={t(`apps.group.${group}`)}>
      <header>
        <h2>
          {t(`apps.group.${group}`)} <span class="hint">{all.length}</span>
        </h2>
        {group === 'api' && (
          <ConfirmButton
            class="small"
            text={t('apps.removeTests')}
            question={t('apps.removeTestsQuestion', { count: all.length })}
            onClick={() => removeApps(all)}
          />
        )}
      </header>
      <ul>
        {all.map(({ appId, name }) => (
          <li key={appId}>
            <a href={hashOf({ view: 'apps', opened: appId })} aria-current={appId === openedId ? 'true' : undefined}>
              <span>{name ?? appId}</span>
              {name !== null && <code>{appId}</code>}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One after the other, because a test run may leave thousands. */
async function removeApps(all: readonly App[]): Promise<void> {
  for (const { appId } of all) await mockApp(appId).dispose();
  await Promise.all([apps.reload(), readJournal()]);
  notifyDone(t('apps.testsRemoved', { count: all.length }));
}

async function resetAll(): Promise<void> {
  await mock.reset();
  await Promise.all([apps.reload(), readJournal()]);
  notifyDone(t('apps.wasReset'));
}

/** The dialog that creates an app. The server generates omitted values. */
function NewApp({ onEnd }: { readonly onEnd: () => void }) {
  const name = useSignal('');
  const appId = useSignal('');
  const withKeys = useSignal(true);
  const create = async () => {
    const created = await mock.createApp({
      origin: 'console',
      generateKeys: withKeys.value,
      ...(name.value.trim() !== '' && { name: name.value.trim() }),
      ...(appId.value.trim() !== '' && { appId: appId.value.trim() }),
    });
    rememberPrivateKeys(created.appId, { sign: created.appSignPrivateKey, decrypt: created.appDecryptPrivateKey });
    await apps.reload();
    onEnd();
    goTo({ view: 'apps', opened: created.appId });
  };
  return (
    <Dialog title={t('apps.create')} onClose={onEnd} onSubmit={create}>
      <TextField label={t('apps.name')} {...bound(name)} />
      <TextField label="appId" hint={t('apps.appIdHint')} {...bound(appId)} />
      <Check text={t('apps.withKeys')} {...bound(withKeys)} />
      <div class="actions">
        <button type="submit" class="primary">
          {t('apps.make')}
        </button>
        <Button text={t('cancel')} onClick={onEnd} />
      </div>
    </Dialog>
  );
}
