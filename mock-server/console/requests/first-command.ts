/** A command that logs a user in: it mints a token, then sends the signed request with it. */
import { curlParts } from '../../../src/text/curl-command.js';
import { signedRequest } from '../state/carrier-exchange.js';
import { authorization } from '../state/control-token.js';
import { nowMs } from '../state/now.js';
import { carrierAddress } from '../state/server-data.js';

export async function firstCommand(appId: string): Promise<string> {
  const token = newToken();
  const { method, path, headers, body } = await signedRequest(appId, { operation: 'loginTokenValidate', token });
  const mint = curlParts({
    options: `-s${insecure(location.origin)} -o /dev/null`,
    method: 'POST',
    url: `${location.origin}/_mock/apps/${encodeURIComponent(appId)}/tokens`,
    headers: Object.entries(authorization()),
    body: JSON.stringify({ token }),
  });
  const login = curlParts({
    options: `-s${insecure(carrierAddress.value)}`,
    method,
    url: carrierAddress.value + path,
    headers: Object.entries(headers),
    body,
  });
  return [mint, login].map((parts) => parts.join(' ')).join('\n');
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LENGTH = 30;

/** A token in the format of the SDK: the time, and 32 letters and digits, the 15th and 16th of which are 0 and w. */
function newToken(): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(RANDOM_LENGTH)), (byte) =>
    ALPHANUMERIC.charAt(byte % ALPHANUMERIC.length),
  ).join('');
  return `STsid000000${nowMs()}${random.slice(0, 14)}0w${random.slice(14)}`;
}

/** The shell does not trust the local CA. */
function insecure(url: string): string {
  return url.startsWith('https:') ? 'k' : '';
}
