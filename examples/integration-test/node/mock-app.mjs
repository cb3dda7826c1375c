/** A test helper: one app of the mock, through the control API. */

export const BASE = process.env.CMPASSPORT_BASE ?? 'http://127.0.0.1:10086';

/** Has its own tokens, clock, scripts, journal and ledger, so that tests with an app each can run in parallel. */
export class MockApp {
  #path;

  /** docs/reference/control-api.md lists the settings: capabilities, ipWhitelist and others. */
  static async create(settings = {}) {
    return new MockApp(await call('POST', '/apps', settings));
  }

  constructor({ appId, appKey, appSecret }) {
    Object.assign(this, { appId, appKey, appSecret });
    this.#path = `/apps/${appId}`;
  }

  /** Returns a token like the one that the SDK in the phone gets. */
  async mint(capability, phoneNumber) {
    return (await call('POST', `${this.#path}/tokens`, { capability, phoneNumber })).token;
  }

  /** Moves only this app's clock forward. */
  advanceClock(by) {
    return call('POST', `${this.#path}/clock/advance`, { by });
  }

  /** Sets the outcomes of the next calls of an operation. */
  script(operation, script) {
    return call('PUT', `${this.#path}/outcomes/${operation}`, { script });
  }

  /** Returns the unused steps of the script, or ''. */
  async remaining(operation) {
    return (await call('GET', `${this.#path}/outcomes/${operation}`)).remaining;
  }

  /** Counts the received requests. The filter can have a token and a resultCode. */
  async calls(filter = {}) {
    return (await call('POST', '/requests/count', { appId: this.appId, ...filter })).count;
  }

  /** Counts the charged calls. */
  async charged() {
    return (await call('GET', `${this.#path}/ledger`)).charged;
  }

  /** Explains the result of the latest request. */
  async explanation() {
    const { requests } = await call('GET', `/requests?appId=${this.appId}&limit=1`);
    return call('GET', `/requests/${requests[0].id}/explanation`);
  }

  async remove() {
    await call('DELETE', this.#path);
  }
}

async function call(method, path, body) {
  const { CMPASSPORT_CONTROL_TOKEN: token } = process.env;
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const request = { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${BASE}/_mock${path}`, request).catch((cause) => {
    throw new Error(`no mock responds at ${BASE}. Start one, or set CMPASSPORT_BASE.`, { cause });
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
