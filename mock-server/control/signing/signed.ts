/** A request that was signed, and what every one is made with. */
import type { App } from '../../engine/app-settings.js';
import type { Texts } from './wish.js';

export interface Maker {
  readonly app: App;
  readonly msgId: string;
  /** By the app's clock, 17 digits. */
  readonly timestamp: string;
}

export interface Signed {
  readonly body: object;
  /** Whole, the secret included. */
  readonly stringToSign: string;
  readonly sign: string;
}

/** In the order of the document, without those that have no text. */
export function inOrder(rows: readonly { readonly name: string }[], texts: Texts): Texts {
  return Object.fromEntries(
    rows.flatMap(({ name }) => {
      const text = texts[name];
      return text === undefined ? [] : [[name, text]];
    }),
  );
}
