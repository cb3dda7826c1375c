/** The console: the web page at the server's address. Its header, and the view that the address names. */

import { effect, useSignal } from '@preact/signals';
import { type FunctionComponent, render } from 'preact';
import { LANGUAGES } from '../../src/text/bilingual.js';
import { AppsView } from './apps/apps-view.js';
import { HandsetView } from './handset/handset-view.js';
import { language, t } from './messages/message.js';
import { OutcomesView } from './outcomes/outcomes-view.js';
import { bound, choices, Select, TextField } from './parts/field.js';
import { keepFocus } from './parts/focus.js';
import { HiddenStateBar } from './parts/hidden-state.js';
import { Button, Dialog } from './parts/panel.js';
import { RequestsView } from './requests/requests-view.js';
import { useSelectedAppState } from './state/app-state.js';
import { BASE } from './state/carrier.js';
import { hashOf, VIEWS, type View } from './state/hash.js';
import { connection, listen, listenWhileVisible } from './state/live-requests.js';
import { isTokenRequired, isTokenWrong, setToken, unhealthy } from './state/mock.js';
import { clearProblem, closeNotice, notice } from './state/notices.js';
import { place } from './state/place.js';
import { reloadAll } from './state/server-data.js';
import { storedChoice } from './state/stored-choice.js';
import './styles/page.css';
import './styles/handset.css';
import './styles/requests.css';
import './styles/apps.css';

const THEMES = ['system', 'light', 'dark'] as const;

const theme = storedChoice({ name: 'theme', options: THEMES, otherwise: 'system' });

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});

const COMPONENTS: Readonly<Record<View, FunctionComponent>> = {
  requests: RequestsView,
  handset: HandsetView,
  apps: AppsView,
  outcomes: OutcomesView,
};

function Page() {
  const { view } = place.value;
  const CurrentView = COMPONENTS[view];
  useSelectedAppState();
  document.title = `${t(`view.${view}`)} · cmpassport-mock`;
  return (
    <>
      {/* Not a link, because the address names the view. */}
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        {t('skip')}
      </button>
      <header class="page-header">
        <span class="brand">
          <img src={`${BASE}/_mock/console/icon.svg`} alt="" width="20" height="20" />
          cmpassport-mock
        </span>
        <nav aria-label={t('navigation')}>
          {VIEWS.map((name) => (
            <a
              key={name}
              href={hashOf({ view: name })}
              aria-current={name === view ? 'page' : undefined}
            >
              {t(`view.${name}`)}
            </a>
          ))}
        </nav>
        <Choices />
        <HiddenStateBar />
      </header>
      <div role="status">
        {connection.value === 'lost' && <p class="connection">{t('connection.lost')}</p>}
        {unhealthy.value !== undefined && (
          <p class="connection bad">{t('connection.unhealthy', { detail: unhealthy.value })}</p>
        )}
      </div>
      <Toast />
      <TokenDialog />
      <main id="main" class={`view-${view}`} tabIndex={-1}>
        <CurrentView />
      </main>
    </>
  );
}

function Choices() {
  return (
    <div class="choices">
      <Select
        class="quiet"
        aria-label={t('language')}
        options={choices(LANGUAGES, (name) => (name === 'zh' ? '中文' : 'English'))}
        {...bound(language)}
      />
      <Select
        class="quiet"
        aria-label={t('theme')}
        options={choices(THEMES, (name) => t(`theme.${name}`))}
        {...bound(theme)}
      />
    </div>
  );
}

/** The notice. Screen readers announce it. */
function Toast() {
  const shown = notice.value;
  return (
    <div class="toast" role={shown?.kind === 'problem' ? 'alert' : 'status'}>
      {shown !== undefined && (
        <div class={`notice ${shown.kind}`}>
          <span>{shown.text}</span>
          <Button class="small" text={t('close')} onClick={closeNotice} />
        </div>
      )}
    </div>
  );
}

/** The dialog for the control token. The token stays in the memory of this page. */
function TokenDialog() {
  const typed = useSignal('');
  if (!isTokenRequired.value) return null;
  const submit = () => {
    setToken(typed.value.trim());
    clearProblem();
    listen();
    reloadAll();
  };
  return (
    <Dialog title={t('token.title')} onSubmit={submit}>
      <p>{t('token.why')}</p>
      <TextField
        label={t('token.label')}
        type="password"
        problem={isTokenWrong.value ? t('token.wrong') : undefined}
        {...bound(typed)}
      />
      <button type="submit" class="primary" disabled={typed.value.trim() === ''}>
        {t('token.give')}
      </button>
    </Dialog>
  );
}

const root = document.getElementById('console');
if (root !== null) render(<Page />, root);
listenWhileVisible();
const main = document.getElementById('main');
if (main !== null) keepFocus(main);
