/** A token that nobody minted: the case gives its text. */
import type { Case } from './case.js';
import type { IssuedToken } from './control.js';

/** There is no phone behind it, and a request for verify needs a number. */
const SOME_PHONE_NUMBER = '13800138000';

/** Undefined where the case presents a live token. */
export function textToken({ given }: Case): IssuedToken | undefined {
  const token = given?.token;
  return token !== undefined && 'text' in token ? { token: token.text, phoneNumber: SOME_PHONE_NUMBER } : undefined;
}
