/** Masks the secrets of apps. An explanation has them whole only in the fields of the string to sign. */
import type { App } from '../carrier/engine/app-settings.js';
import type { Evidence } from './finding.js';
import { oncePerSubject, type Subject } from './subject.js';

const SHOWN_END = 4;
// A shorter secret occurs in ordinary text, for example in the name of a field.
const MASKED_LENGTH_MIN = 8;
/** What an app has instead of a secret that is unknown. */
export const UNKNOWN_SECRETS = { appKey: '<appKey>', appSecret: '<appSecret>' } as const;
const PLACEHOLDERS: readonly string[] = Object.values(UNKNOWN_SECRETS);

export function maskedEvidence(evidence: Evidence, subject: Subject): Evidence {
  const masked = (text: string) => maskedText(text, subject);
  return Object.fromEntries(
    Object.entries(evidence).map(([name, value]) => {
      if (typeof value === 'string') return [name, masked(value)];
      return [name, Array.isArray(value) ? value.map(masked) : value];
    }),
  );
}

export function maskedText(text: string, subject: Subject): string {
  return secretsOf(subject).reduce((rest, secret) => rest.replaceAll(secret, maskOf(secret)), text);
}

/** Of each app whose secrets an explanation uses. The longest first, because one can contain another. */
const secretsOf = oncePerSubject(({ state, found, otherApps }): readonly string[] => {
  const apps: readonly (App | undefined)[] = [state.app, found?.state.app, ...otherApps];
  const secrets = apps.flatMap((app) =>
    app === undefined ? [] : [app.settings.appKey, app.settings.appSecret],
  );
  const hidden = secrets.filter(
    (secret) => secret.length >= MASKED_LENGTH_MIN && !PLACEHOLDERS.includes(secret),
  );
  return [...new Set(hidden)].toSorted((one, other) => other.length - one.length);
});

/** The end shows which secret it is. */
function maskOf(secret: string): string {
  return `****${secret.length > 2 * SHOWN_END ? secret.slice(-SHOWN_END) : ''}`;
}
