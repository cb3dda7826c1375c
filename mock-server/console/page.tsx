/** The page: the header, and the view that the address names. */

import { effect } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { AppsView } from './apps/apps-view.js';
import { HandsetView } from './handset/handset-view.js';
import { t } from './messages/message.js';
import { OutcomesView } from './outcomes/outcomes-view.js';
import { HiddenStateBar } from './parts/hidden-state-bar.js';
import { KeyboardHelp } from './parts/keyboard-help.js';
import { TokenDialog } from './parts/token-dialog.js';
import { RequestsView } from './requests/requests-view.js';
import { useSelectedAppState } from './state/app-state.js';
import { hashOf, VIEWS, type View } from './state/hash.js';
import { LANGUAGES, language } from './state/language.js';
import { connection } from './state/live-requests.js';
import { closeNotice, notice } from './state/notices.js';
import { place } from './state/place.js';
import { selectedAppId } from './state/selected-app.js';
import { isHelpShown, useShortcuts } from './state/shortcuts.js';
import { storedChoice } from './state/stored-choice.js';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const theme = storedChoice<Theme>({ name: 'theme', options: THEMES, otherwise: 'system' });

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});

const COMPONENTS: Readonly<Record<View, FunctionComponent>> = {
  requests: RequestsView,
  handset: HandsetView,
  apps: AppsView,
  outcomes: OutcomesView,
};

export function Page() {
  const { view } = place.value;
  const CurrentView = COMPONENTS[view];
  useSelectedAppState();
  useShortcuts({ '?': () => (isHelpShown.value = true) });
  return (
    <>
      <button type="button" class="skip" onClick={skipToMain}>
        {t('skip')}
      </button>
      <header class="page-header">
        <span class="brand">
          <img src="/_mock/console/icon.svg" alt="" width="20" height="20" />
          cmpassport-mock
        </span>
        <nav aria-label={t('navigation')}>
          {VIEWS.map((name) => (
            <a key={name} href={hashOf({ view: name })} aria-current={name === view ? 'page' : undefined}>
              {t(`view.${name}`)}
            </a>
          ))}
        </nav>
        <Choices />
        <HiddenStateBar appId={selectedAppId.value} />
      </header>
      <Title />
      <ConnectionBar />
      <Toast />
      <TokenDialog />
      <KeyboardHelp />
      <main id="main" class={`view-${view}`} tabIndex={-1}>
        <CurrentView />
      </main>
    </>
  );
}

/** The title of the browser's tab. */
function Title() {
  document.title = `${t(`view.${place.value.view}`)} · cmpassport-mock`;
  return null;
}

/** Not a link, because the address names the view. */
function skipToMain(): void {
  document.getElementById('main')?.focus();
}

const LANGUAGE_NAMES = { en: 'English', zh: '中文' } as const;

function Choices() {
  return (
    <div class="choices">
      <button
        type="button"
        class="quiet"
        aria-label={t('keys.help')}
        title={t('keys.help')}
        onClick={() => {
          isHelpShown.value = true;
        }}
      >
        ?
      </button>
      <select
        class="quiet"
        aria-label={t('language')}
        value={language.value}
        onChange={({ currentTarget }) => {
          language.value = LANGUAGES.find((name) => name === currentTarget.value) ?? 'en';
        }}
      >
        {LANGUAGES.map((name) => (
          <option key={name} value={name}>
            {LANGUAGE_NAMES[name]}
          </option>
        ))}
      </select>
      <select
        class="quiet"
        aria-label={t('theme')}
        value={theme.value}
        onChange={({ currentTarget }) => {
          theme.value = THEMES.find((name) => name === currentTarget.value) ?? 'system';
        }}
      >
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {t(`theme.${name}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

function ConnectionBar() {
  return <div role="status">{connection.value === 'lost' && <p class="connection">{t('connection.lost')}</p>}</div>;
}

/** The notice. Screen readers announce it. */
function Toast() {
  const shown = notice.value;
  return (
    <div class="toast" role={shown?.kind === 'problem' ? 'alert' : 'status'}>
      {shown !== undefined && (
        <div class={`notice ${shown.kind}`}>
          <span>{shown.text}</span>
          <button type="button" class="small" onClick={closeNotice}>
            {t('close')}
          </button>
        </div>
      )}
    </div>
  );
}
