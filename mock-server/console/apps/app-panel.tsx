/** One app. Its settings are saved together; other buttons act at once. */
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CopyButton } from '../parts/copy-button.js';
import { hashOf } from '../state/hash.js';
import { CallsSection } from './calls-section.js';
import { CapabilitiesSection } from './capabilities-section.js';
import { ClockSection } from './clock-section.js';
import { CredentialsSection } from './credentials-section.js';
import { discardEdits, type EditedApp, editedApp, saveEdits } from './edited-app.js';
import { KeysSection } from './keys-section.js';
import { ReadingsSection } from './readings-section.js';
import { SectionNav } from './section-nav.js';
import { StateSection } from './state-section.js';
import { WhitelistSection } from './whitelist-section.js';

export function AppPanel({ app }: { readonly app: App }) {
  const edited = editedApp(app);
  const { appId } = app;
  const save = (event: Event) => {
    event.preventDefault();
    if (edited.changed.length > 0 && edited.wrong.length === 0) void saveEdits(app);
  };
  return (
    <div class="app">
      <AppHeader app={app} />
      <SectionNav appId={appId} />
      <form class="app-sections" onSubmit={save}>
        <CredentialsSection edited={edited} />
        <CapabilitiesSection edited={edited} />
        <WhitelistSection edited={edited} />
        <KeysSection app={app} />
        <CallsSection edited={edited} />
        <ClockSection appId={appId} />
        <ReadingsSection edited={edited} />
        <StateSection appId={appId} origin={app.origin} />
        {edited.changed.length > 0 && <SaveBar edited={edited} />}
      </form>
    </div>
  );
}

function AppHeader({ app: { appId, name } }: { readonly app: App }) {
  return (
    <header class="app-header">
      <div>
        <h2>{name ?? appId}</h2>
        <p class="app-id">
          <code>{appId}</code> <CopyButton text={appId} of="appId" />
        </p>
      </div>
      <div class="actions">
        <a class="button" href={hashOf({ view: 'requests', parameters: { appId } })}>
          {t('view.requests')}
        </a>
        <a class="button" href={hashOf({ view: 'handset', parameters: { app: appId } })}>
          {t('view.handset')}
        </a>
        <a class="button" href={hashOf({ view: 'outcomes', parameters: { app: appId } })}>
          {t('view.outcomes')}
        </a>
      </div>
    </header>
  );
}

function SaveBar({ edited: { app, changed, wrong } }: { readonly edited: EditedApp }) {
  return (
    <div class="save-bar" role="status">
      <span>{wrong.length > 0 ? t('apps.wrong') : t('apps.unsaved', { count: changed.length })}</span>
      <span class="actions">
        <button type="button" onClick={() => discardEdits(app.appId)}>
          {t('apps.discard')}
        </button>
        <button type="submit" class="primary" disabled={wrong.length > 0}>
          {t('save')}
        </button>
      </span>
    </div>
  );
}
