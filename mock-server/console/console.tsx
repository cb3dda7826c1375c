/** The console: the web page at the server's address. */
import { render } from 'preact';
import { Page } from './page.js';
import { listenWhileVisible } from './state/live-requests.js';
import './styles/base.css';
import './styles/parts.css';
import './styles/handset.css';
import './styles/code.css';
import './styles/requests.css';
import './styles/detail.css';
import './styles/apps.css';
import './styles/outcomes.css';

const root = document.getElementById('console');
if (root !== null) render(<Page />, root);
listenWhileVisible();
