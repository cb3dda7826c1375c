/** One app. Its settings are saved together; other buttons act at once. */
import type { App } from '../../../src/control/api.js';
import { t } from '../messages/message.js';
import { Copied } from '../parts/code-text.js';
import { Button, submitted } from '../parts/panel.js';
import { hashOf } from '../state/hash.js';
import { ClockSection, KeysSection, StateSection } from './action-sections.js';
import { CallsSection } from './calls-section.js';
import { discardEdits, type EditedApp, editedApp, saveEdits } from './edited-app.js';
import { SectionNav } from './section.js';
import { CapabilitiesSection, CredentialsSection, ReadingsSection, WhitelistSection } from './setting-sections.js';

export function AppPanel({ app }: { readonly app: App }) {
  const edited = editedApp(app);
  const { appId, name } = app;
  const save = () => {
    if (edited.changed > 0) void saveEdits(app);
  };
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
      <form class="app-sections" onSubmit={submitted(save)}>
        <CredentialsSection edited={edited} />
        <CapabilitiesSection edited={edited} />
        <WhitelistSection edited={edited} />
        <KeysSection edited={edited} />
        <CallsSection edited={edited} />
        <ClockSection appId={appId} />
        <ReadingsSection edited={edited} />
        <StateSection app={app} />
        {edited.changed > 0 && <SaveBar edited={edited} />}
      </form>
    </div>
  );
}

function SaveBar({ edited: { app, changed } }: { readonly edited: EditedApp }) {
  return (
    <div class="save-bar" role="status">
      <span>{t('apps.unsaved', { count: changed })}</span>
      <span class="actions">
        <Button text={t('apps.discard')} onClick={() => discardEdits(app.appId)} />
        <button type="submit" class="primary">
          {t('save')}
        </button>
      </span>
    </div>
  );
}
