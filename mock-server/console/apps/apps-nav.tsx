/** The list of apps: from the configuration, created on this page, and created by tests. */
import { useSignal } from '@preact/signals';
import { answerOf, control } from '../api/control-client.js';
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { ConfirmButton } from '../parts/confirm-button.js';
import { isCreatedHere } from '../state/app-names.js';
import { hashOf } from '../state/hash.js';
import { readJournal } from '../state/live-requests.js';
import { attempt, notifyDone } from '../state/notices.js';
import { apps } from '../state/server-data.js';
import { NewApp } from './new-app.js';

const GROUPS = ['configured', 'here', 'tests'] as const;
type Group = (typeof GROUPS)[number];

export function AppsNav({ openedId }: { readonly openedId: string | undefined }) {
  const isCreating = useSignal(false);
  const search = useSignal('');
  const found = (apps.value ?? []).filter((app) => matches(app, search.value));
  return (
    <nav class="apps-nav" aria-label={t('view.apps')}>
      <header>
        <h1>{t('view.apps')}</h1>
        <button
          type="button"
          class="primary"
          onClick={() => {
            isCreating.value = true;
          }}
        >
          {t('apps.create')}
        </button>
      </header>
      <input
        type="search"
        placeholder={t('apps.search')}
        aria-label={t('apps.search')}
        value={search.value}
        onInput={({ currentTarget }) => {
          search.value = currentTarget.value;
        }}
      />
      <div class="apps-groups">
        {GROUPS.map((group) => (
          <AppGroup key={group} group={group} all={found.filter((app) => groupOf(app) === group)} openedId={openedId} />
        ))}
        {found.length === 0 && apps.value !== undefined && <p class="hint">{t('apps.noneFound')}</p>}
      </div>
      <div class="actions">
        <ConfirmButton
          isSmall
          text={t('apps.resetAll')}
          question={t('apps.resetAllQuestion')}
          onConfirm={() => void attempt(resetAll)}
        />
      </div>
      {isCreating.value && (
        <NewApp
          onEnd={() => {
            isCreating.value = false;
          }}
        />
      )}
    </nav>
  );
}

function matches({ appId, name }: App, search: string): boolean {
  return `${appId}\n${name ?? ''}`.toLowerCase().includes(search.trim().toLowerCase());
}

function groupOf({ origin, appId }: App): Group {
  if (origin === 'configuration') return 'configured';
  return isCreatedHere(appId) ? 'here' : 'tests';
}

interface AppGroupProps {
  readonly group: Group;
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
        {group === 'tests' && (
          <ConfirmButton
            isSmall
            text={t('apps.removeTests')}
            question={t('apps.removeTestsQuestion', { count: all.length })}
            onConfirm={() => void attempt(() => removeApps(all))}
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

const CONCURRENT_MAX = 10;

async function removeApps(all: readonly App[]): Promise<void> {
  for (let at = 0; at < all.length; at += CONCURRENT_MAX) {
    await Promise.all(
      all
        .slice(at, at + CONCURRENT_MAX)
        .map(({ appId }) => answerOf(control.DELETE('/_mock/apps/{appId}', { params: { path: { appId } } }))),
    );
  }
  await Promise.all([apps.reload(), readJournal()]);
  notifyDone(t('apps.testsRemoved', { count: all.length }));
}

async function resetAll(): Promise<void> {
  await answerOf(control.POST('/_mock/reset', {}));
  await Promise.all([apps.reload(), readJournal()]);
  notifyDone(t('apps.wasReset'));
}
