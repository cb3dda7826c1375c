/** The list of apps (from the configuration, created in the console, and created by tests), and the selected app. */
import { useSignal } from '@preact/signals';
import type { App } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { Copied } from '../parts/code-text.js';
import { bound, isFound, Search, TextField } from '../parts/field.js';
import { Button, ConfirmButton, Dialog, Skeleton, submitted } from '../parts/panel.js';
import { rememberPrivateKeys, selectedAppId } from '../state/app-state.js';
import { hashOf } from '../state/hash.js';
import { call, callOf } from '../state/mock.js';
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
  for (const { appId } of all) await callOf(appId)('DELETE');
  await apps.reload();
  notifyDone(t('apps.testsRemoved', { count: all.length }));
}

async function resetAll(): Promise<void> {
  await call('POST /reset');
  await apps.reload();
  notifyDone(t('apps.wasReset'));
}

const FIELDS = ['name', 'appId', ...CREDENTIALS] as const;

/** The dialog that creates an app. What is not given is generated. */
function NewApp({ appId, onEnd }: { readonly appId: string; readonly onEnd: () => void }) {
  const given = useSignal<Readonly<Partial<Record<(typeof FIELDS)[number], string>>>>({ appId });
  const { appVerifyKey, appEncryptKey } = given.value;
  const create = async () => {
    const texts = Object.entries(given.value).map(([field, text]) => [field, text.trim()]);
    const created = await call('POST /apps', {
      body: {
        origin: 'console',
        generateKeys: !appVerifyKey && !appEncryptKey,
        ...Object.fromEntries(texts.filter(([, text]) => text !== '')),
      },
    });
    rememberPrivateKeys(created.appId, {
      sign: created.appSignPrivateKey,
      decrypt: created.appDecryptPrivateKey,
    });
    await apps.reload();
    onEnd();
    goTo({ view: 'apps', opened: created.appId });
  };
  const input = (field: (typeof FIELDS)[number]) => (
    <TextField
      key={field}
      label={fieldLabel(field)}
      value={given.value[field] ?? ''}
      onChange={(text) => {
        given.value = { ...given.value, [field]: text };
      }}
    />
  );
  return (
    <Dialog title={t('apps.create')} onClose={onEnd} onSubmit={create}>
      {FIELDS.slice(0, 2).map(input)}
      <details open={appId !== ''}>
        <summary>{t('apps.useOwn')}</summary>
        <p class="hint">{t('apps.generated')}</p>
        {FIELDS.slice(2).map(input)}
      </details>
      <div class="actions">
        <button type="submit" class="primary">
          {t('apps.make')}
        </button>
        <Button text={t('cancel')} onClick={onEnd} />
      </div>
    </Dialog>
  );
}

function fieldLabel(field: (typeof FIELDS)[number]): string {
  if (field === 'name') return t('apps.name');
  return field === 'appVerifyKey' || field === 'appEncryptKey' ? t(`keys.${field}`) : field;
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
