/** One way in which a sign may have been made: which values, in which order, how joined, and where the secret went. */

import type { Text } from '../finding.js';

/** A value that was signed in another form than it was sent in. */
export interface Form {
  readonly kind: 'url' | 'phoneNum' | 'trimmed';
  readonly how: Text;
}

export interface Part {
  /** The wire name; of a secret, `appKey` or `appSecret`. */
  readonly name: string;
  readonly value: string;
  readonly form?: Form;
  readonly secret?: true;
  /** The name that a secret was joined under: `key` for `key=SECRET`. */
  readonly label?: string;
  /** No separator on either side. */
  readonly glued?: true;
}

export interface Joining {
  readonly between: string;
  /** What stands between a name and its value; undefined where names are not signed. */
  readonly pair: string | undefined;
}

export const PLAIN: Joining = { between: '', pair: undefined };

export interface Recipe extends Joining {
  readonly parts: readonly Part[];
  /** The key of an HMAC; undefined for a plain digest. */
  readonly key: Part | undefined;
}

export function textOf({ parts, between, pair }: Recipe): string {
  let text = '';
  let previous: Part | undefined;
  for (const part of parts) {
    if (previous !== undefined && previous.glued !== true && part.glued !== true) text += between;
    text += prefixOf(part, pair) + part.value;
    previous = part;
  }
  return text;
}

function prefixOf({ name, label, secret }: Part, pair: string | undefined): string {
  if (secret === true) return label === undefined ? '' : label + (pair ?? '=');
  return pair === undefined ? '' : name + pair;
}
