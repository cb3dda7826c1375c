/** POST /_mock/apps/:appId/signed-requests: builds a correctly signed request, without sending it. */
import { operationRow } from '../../src/protocol/operations.js';
import { formatTimestamp } from '../../src/protocol/timestamp.js';
import { appNowMs } from '../carrier/apps/app-clock.js';
import type { Carrier } from '../carrier/carrier.js';
import { compileApp } from '../carrier/engine/app-settings.js';
import { ONLY } from '../carrier/store/state-store.js';
import type { AppCall } from './route.js';
import { checkInput, type SigningInput } from './signing/input.js';
import { signedRequest } from './signing/signed.js';

const MSG_ID_DIGITS = 32;

export async function signRequest({ carrier, app: { settings }, input }: AppCall<SigningInput>) {
  const app = compileApp(settings);
  const { operation, token, phoneNumber, key, fields } = checkInput(input, app);
  const minted = await carrier.store.get(settings.appId, 'token', token);
  const { body, stringToSign, sign } = signedRequest({
    operation,
    app,
    msgId: carrier.random.hex(MSG_ID_DIGITS),
    sentAt: await timeOf(carrier, settings.appId),
    token,
    phoneNumber: phoneNumber ?? minted?.value.phoneNumber,
    operator: minted?.value.operator,
    rsa: key && { key, platformKey: carrier.settings.platformKey },
    fields,
  });
  const { path } = operationRow(operation);
  const headers = { 'Content-Type': 'application/json' };
  return { method: 'POST', path, headers, body: JSON.stringify(body), stringToSign, sign };
}

/** The time of the app's clock, 17 digits. */
async function timeOf({ store, clock }: Carrier, appId: string): Promise<string> {
  const own = await store.get(appId, 'clock', ONLY);
  return formatTimestamp(appNowMs(own?.value, clock.nowMs()));
}
