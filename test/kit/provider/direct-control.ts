/** The control API without HTTP: the kit's calls go directly to the server's rows. */
import { ControlRefusal } from '../../../contracts/kit/control.js';
import { type ControlCall, ExchangeError } from '../../../contracts/kit/wire.js';
import type { Carrier } from '../../../mock-server/carrier/carrier.js';
import { createControlApi } from '../../../mock-server/control-api/control-api.js';

/** HTTP takes most of the time of a case; without it, a case takes a millisecond. */
export function directControl(carrier: Carrier): ControlCall {
  const answer = createControlApi(carrier, { controlToken: undefined, caPem: undefined, console: false });
  const { signal } = new AbortController();
  return async (method, url, body) => {
    const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
    const request = { method, url: `/_mock${url}`, base: 'http://localhost', headers: {}, body: () => bytes, signal };
    const { status, body: answered } = await answer(request);
    if (answered !== undefined && typeof answered !== 'string')
      throw new ExchangeError(`${method} ${url}: the response is not JSON`);
    const value = answered === undefined ? undefined : JSON.parse(answered);
    if (status >= 400) throw new ControlRefusal(status, `${method} ${url}: ${value.detail}`);
    return value;
  };
}
