/** Everything of one app. */
import type { App } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { useClock } from '../state/app-clock.js';
import { hashOf } from '../state/hash.js';
import { AppActions } from './app-actions.js';
import { CapabilitiesPanel } from './capabilities-panel.js';
import { ClockPanel } from './clock-panel.js';
import { CredentialsPanel } from './credentials-panel.js';
import { KeysPanel } from './keys-panel.js';
import { LedgerPanel } from './ledger-panel.js';
import { QuotaPanel } from './quota-panel.js';
import { ReadingsPanel } from './readings-panel.js';
import { WhitelistPanel } from './whitelist-panel.js';

export function AppPanel({ app }: { readonly app: App }) {
  const { appId } = app;
  useClock(appId);
  return (
    <div class="app">
      <header class="app-header">
        <h2>{appId}</h2>
        <div class="actions">
          <a class="button small" href={hashOf({ view: 'handset', parameters: { app: appId } })}>
            {t('view.handset')}
          </a>
          <a class="button small" href={hashOf({ view: 'requests', parameters: { appId } })}>
            {t('view.requests')}
          </a>
          <a class="button small" href={hashOf({ view: 'outcomes', parameters: { app: appId } })}>
            {t('view.outcomes')}
          </a>
        </div>
      </header>
      <CredentialsPanel app={app} />
      <CapabilitiesPanel app={app} />
      <ClockPanel appId={appId} />
      <QuotaPanel app={app} />
      <WhitelistPanel app={app} />
      <KeysPanel app={app} />
      <LedgerPanel appId={appId} />
      <AppActions appId={appId} origin={app.origin} />
      <ReadingsPanel app={app} />
    </div>
  );
}
