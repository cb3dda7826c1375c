/** How texts are shown that a client or the server wrote. A client may have sent a secret in any field. */
import { computed } from '@preact/signals';
import { printable } from '../../../src/text/printable.js';
import { apps } from './server-data.js';

// Shorter ones occur in other texts.
const SECRET_LENGTH_MIN = 8;
const SHOWN_END = 4;

const secrets = computed(() =>
  (apps.value ?? [])
    .flatMap(({ appKey, appSecret }) => [appKey, appSecret])
    .filter(({ length }) => length >= SECRET_LENGTH_MIN),
);

/** `••••••••C9B7` */
export function hidden(secret: string): string {
  return `••••••••${secret.length > 2 * SHOWN_END ? secret.slice(-SHOWN_END) : ''}`;
}

/** Without the secrets of the apps. Nothing until they are loaded. */
export function masked(text: string): string {
  if (apps.value === undefined) return '';
  return secrets.value.reduce((shown, secret) => shown.replaceAll(secret, hidden(secret)), text);
}

/** In one line. */
export function shownText(text: string): string {
  return printable(masked(text));
}
