/** A token that was not issued: the case has its text. */
import type { Case } from './case.js';
import type { IssuedToken } from './control.js';

/** A request to verify needs a number, and this token has none. */
const PHONE_NUMBER = '13800138000';

/** Undefined if the case uses an issued token. */
export function textToken({ given }: Case): IssuedToken | undefined {
  const token = given?.token;
  return token !== undefined && 'text' in token ? { token: token.text, phoneNumber: PHONE_NUMBER } : undefined;
}
