/** One token in many simultaneous requests, over real sockets: exactly one uses it. test/unit/race.test.ts has a slow store. */
import { expect, test } from 'vitest';
import { ENDPOINTS, freshToken, placeAt, resultCodeOf } from '../../support/endpoints.js';
import { send, sharedMock } from '../../support/mock.js';
import { expectLedger, tally } from '../../support/race.js';
import { bytesOf, openHttp } from '../../support/wire.js';

const AT_ONCE = 200;

test.each(ENDPOINTS)(
  'of 200 simultaneous $operation requests with one token one succeeds',
  async (endpoint) => {
    const { url } = await sharedMock();
    const place = await placeAt(url);
    const { appId } = place.app;
    const token = await freshToken(place, endpoint);
    const bytes = bytesOf(
      { target: endpoint.path },
      JSON.stringify(endpoint.request(place.app, token)),
    );
    const wires = Array.from({ length: AT_ONCE }, () => openHttp(url));
    await Promise.all(
      wires.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))),
    );
    for (const wire of wires) wire.send(bytes);
    const replies = await Promise.all(wires.map((wire) => wire.reply()));
    const usedTokenCode = endpoint.operation === 'loginTokenValidate' ? '104201' : '606';
    expect(tally(replies.map(({ text }) => resultCodeOf(text)))).toEqual({
      [endpoint.success]: 1,
      [usedTokenCode]: AT_ONCE - 1,
    });
    await expectLedger(place, { charged: 1, remaining: 999 });
    const { json: count } = await send(url, 'POST', '/_mock/requests/count', { appId, token });
    expect(count).toEqual({ count: AT_ONCE, complete: true });
    const { json: used } = await send(url, 'GET', `/_mock/apps/${appId}/tokens/${token}`);
    const { json: winner } = await send(url, 'GET', `/_mock/requests/${used.usedBy}`);
    expect(winner).toMatchObject({ resultCode: endpoint.success, charged: true });
  },
);
