/** A helper for tests: one app at the mock, over its control API. Run its user: node --test integration.test.mjs */

export const BASE = process.env.CMPASSPORT_BASE ?? 'http://127.0.0.1:10086';

/** A world of its own, with tokens, clock, scripts, journal and ledger: tests that each make one run side by side. */
export class MockApp {
  #path;

  /** Settings: capabilities, ipWhitelist, … as in the documentation of the control API. */
  static async create(settings = {}) {
    return new MockApp(await call('POST', '/apps', settings));
  }

  constructor({ appId, appKey, appSecret }) {
    Object.assign(this, { appId, appKey, appSecret });
    this.#path = `/apps/${appId}`;
  }

  /** What the SDK in the phone would get. */
  async mint(capability, phoneNumber) {
    return (await call('POST', `${this.#path}/tokens`, { capability, phoneNumber })).token;
  }

  /** Moves this app's clock on; nobody sleeps. */
  advanceClock(by) {
    return call('POST', `${this.#path}/clock/advance`, { by });
  }

  /** What the next calls to an operation get. */
  script(operation, script) {
    return call('PUT', `${this.#path}/outcomes/${operation}`, { script });
  }

  /** The steps that are not used yet; '' when there are none. */
  async remaining(operation) {
    return (await call('GET', `${this.#path}/outcomes/${operation}`)).remaining;
  }

  /** How many requests the carrier got: all, or those of a token, of a resultCode. */
  async calls(those = {}) {
    return (await call('POST', '/requests/count', { appId: this.appId, ...those })).count;
  }

  /** How many calls stand on the bill. */
  async charged() {
    return (await call('GET', `${this.#path}/ledger`)).charged;
  }

  /** Why the latest request was answered as it was. */
  async explanation() {
    const { requests } = await call('GET', `/requests?appId=${this.appId}&limit=1`);
    return call('GET', `/requests/${requests[0].id}/explanation`);
  }

  async remove() {
    await call('DELETE', this.#path);
  }
}

async function call(method, path, body) {
  const response = await fetch(`${BASE}/_mock${path}`, { method, body: JSON.stringify(body) }).catch((cause) => {
    throw new Error(`no mock answers at ${BASE} (CMPASSPORT_BASE)`, { cause });
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
