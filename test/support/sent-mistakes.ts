/** Sends the rows of test/mistakes over HTTP, each at its own time. */
import { request } from 'node:http';
import { onTestFinished, vi } from 'vitest';
import { NOW_MS } from './engine.js';
import { modeOf, type RequestRow, requestOf, type Sent } from './mistake-request.js';
import { appSettingsOf, type MistakeRow } from './mistakes.js';
import { mintToken, newApp } from './mock.js';

/** Creates the row's apps and tokens at the row's time, and sends its requests, the earlier one first. Returns the id of the last one. */
export async function sendRow(base: string, row: MistakeRow, deliver = post): Promise<string> {
  const nowMs = row.now === undefined ? NOW_MS : Date.parse(row.now);
  const earlierMs = nowMs - (row.earlier?.agoMs ?? 2000);
  setDate(row.earlier === undefined ? nowMs : earlierMs);
  const app = await newApp(base, { ...KEYS_OF_MODES, ...appSettingsOf(row.app ?? {}) });
  const other = row.other && (await newApp(base, appSettingsOf(row.other)));
  const { of, ...minting } = row.token ?? {};
  const mint = (appId: string) =>
    mintToken(base, appId, { capability: modeOf(row.mode).operation, ...minting });
  const inputs = {
    app,
    token: await mint((of && other?.appId) ?? app.appId),
    another: await mint(app.appId),
  };
  const sendAt = (atMs: number, request: RequestRow) => {
    setDate(atMs);
    return deliver(base, requestOf(row.mode, request, { ...inputs, nowMs: atMs }));
  };
  if (row.earlier !== undefined) {
    const msgId = modeOf(row.mode).operation === 'loginTokenValidate' ? 'msgid' : 'msgId';
    const fields = { [msgId]: 'of-the-earlier-request', ...row.earlier.fields };
    await sendAt(earlierMs, { ...row.earlier, fields });
  }
  return sendAt(nowMs, row);
}

const KEYS_OF_MODES = appSettingsOf({ appVerifyKey: 'sign', appEncryptKey: 'decrypt' });

/** Freezes Date at this time, for client and server, until the test ends. */
function setDate(atMs: number): void {
  vi.setSystemTime(atMs);
  onTestFinished(() => void vi.useRealTimers());
}

/** Sends on a separate connection; node:http sends two headers of one name as they are, and a body with GET. */
export function post(
  base: string,
  { method, path, rawHeaders, body }: Sent,
  framing: 'length' | 'chunks' = 'length',
): Promise<string> {
  const { hostname, port, host } = new URL(base);
  const length = framing === 'length' ? ['Content-Length', String(Buffer.byteLength(body))] : [];
  const options = {
    hostname,
    port,
    method,
    path,
    agent: false,
    headers: ['Host', host, ...rawHeaders, ...length],
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      response.resume();
      response.on('error', reject);
      response.on('end', () => resolve(String(response.headers['x-mock-request-id'])));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
