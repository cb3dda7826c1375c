/** A refused request, fixed: what its client meant, signed as the document has it, with a new token. */
import { answerOf, control } from '../api/control-client.js';
import { ControlRefusal } from '../api/problem.js';
import type { JournalRecord, MintedToken, SignedRequest } from '../api/schemas.js';
import { signedRequest } from '../state/carrier-exchange.js';
import { meantBy } from './meant-by.js';

export async function fixedRequest(
  { appId, operation, request }: JournalRecord & { readonly appId: string },
  privateKey: string | undefined,
): Promise<SignedRequest> {
  const { signing, token, fields } = meantBy({ operation, request });
  const phoneNumber = token === undefined ? undefined : await phoneNumberOf(appId, token);
  const body = { capability: operation, ...(phoneNumber !== undefined && { phoneNumber }) };
  const minted = await answerOf(control.POST('/_mock/apps/{appId}/tokens', { params: { path: { appId } }, body }));
  const fresh = (minted as MintedToken).token;
  return signedRequest(appId, {
    operation,
    token: fresh,
    signing,
    fields,
    ...(signing === 'rsa' && privateKey !== undefined && { privateKey }),
  });
}

/** The number of the phone that the token came from; undefined for an unknown token. */
async function phoneNumberOf(appId: string, token: string): Promise<string | undefined> {
  try {
    const path = { appId, token };
    return (await answerOf(control.GET('/_mock/apps/{appId}/tokens/{token}', { params: { path } }))).phoneNumber;
  } catch (error) {
    if (error instanceof ControlRefusal) return undefined;
    throw error;
  }
}
