/** Fixes a refused request: the same kind of request, correctly signed, with a new token. */
import { answerOf, control } from '../api/control-client.js';
import { ControlRefusal } from '../api/problem.js';
import type { JournalRecord, MintedToken, SignedRequest } from '../api/schemas.js';
import { signedRequest } from '../state/carrier-exchange.js';
import { intentOf } from './request-intent.js';

export async function fixedRequest(
  { appId, operation, request }: JournalRecord & { readonly appId: string },
  privateKey: string | undefined,
): Promise<SignedRequest> {
  const { signing, token, fields } = intentOf({ operation, request });
  const phoneNumber = token === undefined ? undefined : await phoneNumberOf(appId, token);
  const body = { capability: operation, ...(phoneNumber !== undefined && { phoneNumber }) };
  const minted = await answerOf(control.POST('/_mock/apps/{appId}/tokens', { params: { path: { appId } }, body }));
  const newToken = (minted as MintedToken).token;
  return signedRequest(appId, {
    operation,
    token: newToken,
    signing,
    fields,
    ...(signing === 'rsa' && privateKey !== undefined && { privateKey }),
  });
}

/** The phone number of the token; undefined for an unknown token. */
async function phoneNumberOf(appId: string, token: string): Promise<string | undefined> {
  try {
    const path = { appId, token };
    return (await answerOf(control.GET('/_mock/apps/{appId}/tokens/{token}', { params: { path } }))).phoneNumber;
  } catch (error) {
    if (error instanceof ControlRefusal) return undefined;
    throw error;
  }
}
