/** The list of apps (from the configuration, created in the console, and created by tests), and the selected app. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { App } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { Copied } from '../parts/code-text.js';
import { bound, choices, isFound, Search, Tabs, TextField } from '../parts/field.js';
import { Button, ConfirmButton, Dialog, Skeleton, submitted } from '../parts/panel.js';
import { rememberPrivateKeys, selectedAppId } from '../state/app-state.js';
import { hashOf } from '../state/hash.js';
import { mock, mockApp } from '../state/mock.js';
import { notifyDone } from '../state/notices.js';
import { goTo, place, replacePlace } from '../state/place.js';
import { appOf, apps } from '../state/server-data.js';
import { ClockSection, KeysSection, StateSection } from './action-sections.js';
import { CREDENTIALS } from './app-edits.js';
import { CallsSection } from './calls-section.js';
import { discardEdits, editedApp, saveEdits } from './edited-app.js';
import { SectionNav } from './section.js';
import {
  CapabilitiesSection,
  CredentialsSection,
  ReadingsSection,
  WhitelistSection,
} from './setting-sections.js';

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
        <p class="empty">
          {opened === undefined ? t('apps.none') : t('apps.gone', { appId: opened })}
        </p>
      )}
    </div>
  );
}

const GROUPS: readonly App['origin'][] = ['configuration', 'console', 'api'];

function AppsNav({ openedId }: { readonly openedId: string | undefined }) {
  // A link from an unknown app's request.
  const { create: wanted, ...parameters } = place.value.parameters;
  const isCreating = useSignal(wanted !== undefined);
  const search = useSignal('');
  const found = (apps.value ?? []).filter(({ appId, name }) =>
    isFound(`${appId}\n${name ?? ''}`, search.value),
  );
  const open = () => {
    isCreating.value = true;
  };
  const close = () => {
    isCreating.value = false;
    if (wanted !== undefined) replacePlace({ ...place.value, parameters });
  };
  return (
    <nav class="apps-nav" aria-label={t('view.apps')}>
      <header>
        <h1>{t('view.apps')}</h1>
        <Button class="primary" text={t('apps.create')} onClick={open} />
      </header>
      <Search label={t('apps.search')} {...bound(search)} />
      <div class="apps-groups">
        {GROUPS.map((group) => (
          <AppGroup key={group} group={group} all={found} openedId={openedId} />
        ))}
        {found.length === 0 && apps.value !== undefined && (
          <p class="hint">{t('apps.noneFound')}</p>
        )}
      </div>
      <div class="actions">
        <ConfirmButton
          class="small"
          text={t('apps.resetAll')}
          question={t('apps.resetAllQuestion')}
          onClick={resetAll}
        />
      </div>
      {isCreating.value && <NewApp appId={wanted ?? ''} onEnd={close} />}
    </nav>
  );
}

interface AppGroupProps {
  readonly group: App['origin'];
  readonly all: readonly App[];
  readonly openedId: string | undefined;
}

function AppGroup({ group, all, openedId }: AppGroupProps) {
  const members = all.filter(({ origin }) => origin === group);
  if (members.length === 0) return null;
  return (
    <section aria-label={t(`apps.group.${group}`)}>
      <header>
        <h2>
          {t(`apps.group.${group}`)} <span class="hint">{members.length}</span>
        </h2>
        {group === 'api' && (
          <ConfirmButton
            class="small"
            text={t('apps.removeTests')}
            question={t('apps.removeTestsQuestion', { count: members.length })}
            onClick={() => removeApps(members)}
          />
        )}
      </header>
      <ul>
        {members.map(({ appId, name }) => (
          <li key={appId}>
            <a
              href={hashOf({ view: 'apps', opened: appId })}
              aria-current={appId === openedId ? 'true' : undefined}
            >
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
  await apps.reload();
  notifyDone(t('apps.testsRemoved', { count: all.length }));
}

async function resetAll(): Promise<void> {
  await mock.reset();
  await apps.reload();
  notifyDone(t('apps.wasReset'));
}

const WAYS = ['generate', 'mine'] as const;
const OWN_FIELDS = ['appId', ...CREDENTIALS] as const;

/** The dialog that creates an app, with generated credentials or with those of the portal. */
function NewApp({ appId, onEnd }: { readonly appId: string; readonly onEnd: () => void }) {
  const name = useSignal('');
  const own = useSignal<Readonly<Partial<Record<(typeof OWN_FIELDS)[number], string>>>>({ appId });
  const way = useSignal<(typeof WAYS)[number]>(appId === '' ? 'generate' : 'mine');
  const fields = OWN_FIELDS.filter((field) => field === 'appId' || way.value === 'mine');
  const create = async () => {
    const texts = [['name', name.value], ...fields.map((field) => [field, own.value[field] ?? ''])];
    const given = Object.fromEntries(
      texts.map(([field, text = '']) => [field, text.trim() || undefined]),
    );
    const created = await mock.createApp({
      origin: 'console',
      generateKeys: way.value === 'generate',
      ...given,
    });
    rememberPrivateKeys(created.appId, {
      sign: created.appSignPrivateKey,
      decrypt: created.appDecryptPrivateKey,
    });
    await apps.reload();
    onEnd();
    goTo({ view: 'apps', opened: created.appId });
  };
  return (
    <Dialog title={t('apps.create')} onClose={onEnd} onSubmit={create}>
      <Tabs
        label={t('apps.credentials')}
        options={choices(WAYS, (each) => t(`apps.way.${each}`))}
        {...bound(way)}
      />
      <TextField label={t('apps.name')} {...bound(name)} />
      {fields.map((field) => (
        <TextField
          key={field}
          label={field === 'appVerifyKey' || field === 'appEncryptKey' ? t(`keys.${field}`) : field}
          hint={field === 'appId' ? t('apps.appIdHint') : undefined}
          value={own.value[field] ?? ''}
          onChange={(text) => {
            own.value = { ...own.value, [field]: text };
          }}
        />
      ))}
      <div class="actions">
        <button type="submit" class="primary">
          {t('apps.make')}
        </button>
        <Button text={t('cancel')} onClick={onEnd} />
      </div>
    </Dialog>
  );
}

/** Its settings are saved together; other buttons act at once. */
function AppPanel({ app }: { readonly app: App }) {
  const edited = editedApp(app);
  const { appId, name } = app;
  const links = [
    { view: 'requests', parameters: { appId } },
    { view: 'handset', parameters: { app: appId } },
    { view: 'outcomes', parameters: { app: appId } },
  ] as const;
  return (
    <div class="app">
      <header class="app-header">
        <div>
          <h2>{name ?? appId}</h2>
          <p class="app-id">
            <Copied text={appId} name="appId" />
          </p>
        </div>
        <div class="actions">
          {links.map((link) => (
            <a key={link.view} class="button" href={hashOf(link)}>
              {t(`view.${link.view}`)}
            </a>
          ))}
        </div>
      </header>
      <SectionNav appId={appId} />
      <form class="app-sections" onSubmit={submitted(() => edited.changed > 0 && saveEdits(app))}>
        <CredentialsSection edited={edited} />
        <CapabilitiesSection edited={edited} />
        <WhitelistSection edited={edited} />
        <KeysSection edited={edited} />
        <CallsSection edited={edited} />
        <ClockSection appId={appId} />
        <ReadingsSection edited={edited} />
        <StateSection app={app} />
        {edited.changed > 0 && (
          <div class="save-bar" role="status">
            <span>{t('apps.unsaved', { count: edited.changed })}</span>
            <span class="actions">
              <Button text={t('apps.discard')} onClick={() => discardEdits(appId)} />
              <button type="submit" class="primary">
                {t('save')}
              </button>
            </span>
          </div>
        )}
      </form>
    </div>
  );
}
