/** The server of a page with one-tap login: it signs for the page, and exchanges the page's token at the carrier. */
import { createDecipheriv, createHash, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const {
  CMPASSPORT_BASE = 'https://www.cmpassport.com',
  CMPASSPORT_APP_ID: appId,
  CMPASSPORT_APP_KEY: appKey,
  CMPASSPORT_APP_SIGN_KEY_FILE: keyFile,
} = process.env;
const VERSION = '2.0';
const BUSINESS_TYPE = '8';
const PAGE = readFileSync(new URL('page.html', import.meta.url), 'utf8');

/** yyyyMMddHHmmssSSS in Beijing. */
function timestamp() {
  const beijing = new Date(Date.now() + 8 * 60 * 60 * 1000);
  return beijing.toISOString().replace(/\D/g, '');
}

/** What the page gives to getTokenInfo. */
function pageSign() {
  const traceId = randomUUID().replaceAll('-', '');
  const sentAt = timestamp();
  const text = appId + BUSINESS_TYPE + traceId + sentAt + traceId + VERSION + appKey;
  const signature = createHash('md5').update(text).digest('hex').toUpperCase();
  return { version: VERSION, appId, traceId, timestamp: sentAt, sign: signature };
}

/** Exchanges the token for the number. `userInformation` is sent as the page got it. */
async function login({ token, userInformation }) {
  const traceId = randomUUID().replaceAll('-', '');
  const sentAt = timestamp();
  const text = appId + traceId + sentAt + token + VERSION;
  const key = readFileSync(keyFile, 'utf8');
  const signature = sign('RSA-SHA256', Buffer.from(text), key).toString('hex').toUpperCase();
  const response = await fetch(`${CMPASSPORT_BASE}/h5/onekeylogin/tokenValidate`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      interfaceVersion: VERSION,
      appId,
      traceId,
      timestamp: sentAt,
      businessType: BUSINESS_TYPE,
    },
    body: JSON.stringify({ token, userInformation, sign: signature }),
  });
  const { resultCode, data } = await response.json();
  if (resultCode !== '103000') return { resultCode };
  const phone = decrypted(data.msisdn);
  return { resultCode, phone: `${phone.slice(0, 3)}****${phone.slice(7)}` };
}

/** AES-128-ECB. The key is the first 16 characters of the appKey. */
function decrypted(msisdn) {
  const key = appKey.slice(0, 16).padEnd(16, '0');
  const decipher = createDecipheriv('aes-128-ecb', key, null);
  return decipher.update(msisdn, 'base64', 'utf8') + decipher.final('utf8');
}

const ANSWERS = { '/page-sign': pageSign, '/login': login };

export const server = createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(PAGE.replace('{{carrier}}', CMPASSPORT_BASE));
    return;
  }
  let body = '';
  for await (const piece of request) body += piece;
  const answer = ANSWERS[request.url];
  response.statusCode = answer ? 200 : 404;
  response.end(JSON.stringify((await answer?.(JSON.parse(body || '{}'))) ?? {}));
});
