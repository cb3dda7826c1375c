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
  return hiddenIn(subject).reduce<string>((rest, hidden) => rest.replaceAll(hidden, maskOf), text);
}

/** The secrets of each app that an explanation uses. The longest first, because one can contain another. */
const hiddenIn = oncePerSubject(({ state, found, otherApps }): readonly (string | RegExp)[] => {
  const own = secretsOf([state.app, found?.state.app]);
  const others = secretsOf(otherApps).filter((secret) => !own.includes(secret));
  return [...own, ...others]
    .toSorted((one, other) => other.length - one.length)
    .map((secret) => (own.includes(secret) ? patternOf(secret) : secret));
});

function secretsOf(apps: readonly (App | undefined)[]): readonly string[] {
  const secrets = apps.flatMap((app) =>
    app === undefined ? [] : [app.settings.appKey, app.settings.appSecret],
  );
  const hidden = secrets.filter(
    (secret) => secret.length >= MASKED_LENGTH_MIN && !PLACEHOLDERS.includes(secret),
  );
  return [...new Set(hidden)];
}

const SYNTAX = /[\\^$.*+?()[\]{}|]/;

/** Also in another case, and without its first or last character: a client may have signed with that. */
function patternOf(secret: string): RegExp {
  const characters = Array.from(secret, (one) => one.replace(SYNTAX, '\\$&'));
  const inside = characters.slice(1, -1).join('');
  return new RegExp(`(?:${characters.at(0)})?${inside}(?:${characters.at(-1)})?`, 'giu');
}

/** The end shows which secret it is. */
function maskOf(secret: string): string {
  return `****${secret.length > 2 * SHOWN_END ? secret.slice(-SHOWN_END) : ''}`;
}
