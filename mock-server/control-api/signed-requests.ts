/** A correctly signed request, made and not sent. */
import { operationRow } from '../../src/protocol/operations.js';
import { formatTimestamp } from '../../src/protocol/timestamp.js';
import { appNowMs } from '../carrier/apps/app-clock.js';
import type { Carrier } from '../carrier/carrier.js';
import { type App, compileApp } from '../carrier/engine/app-settings.js';
import { ONLY } from '../carrier/store/state-store.js';
import type { AppCall } from './route.js';
import { signLogin } from './signing/login.js';
import type { Maker, Signed } from './signing/signed.js';
import { signVerify } from './signing/verify.js';
import { checkedWish, type SigningWish, type Wish } from './signing/wish.js';

const MSG_ID_DIGITS = 32;

export async function signRequest({ carrier, app: { settings }, input }: AppCall<SigningWish>) {
  const app = compileApp(settings);
  const wish = checkedWish(input, app);
  const { body, stringToSign, sign } = await signed(carrier, await makerFor(carrier, app), wish);
  const { path } = operationRow(wish.operation);
  const headers = { 'Content-Type': 'application/json' };
  return { method: 'POST', path, headers, body: JSON.stringify(body), stringToSign, sign };
}

async function makerFor({ store, clock, random }: Carrier, app: App): Promise<Maker> {
  const own = await store.get(app.settings.appId, 'clock', ONLY);
  const sentAt = formatTimestamp(appNowMs(own?.value, clock.nowMs()));
  return { app, msgId: random.hex(MSG_ID_DIGITS), sentAt };
}

async function signed({ store, settings }: Carrier, maker: Maker, wish: Wish): Promise<Signed> {
  if (wish.operation === 'loginTokenValidate') return signLogin(maker, wish);
  const minted = await store.get(maker.app.settings.appId, 'token', wish.token);
  return signVerify(maker, wish, { minted: minted?.value, platformKey: settings.platformKey });
}
