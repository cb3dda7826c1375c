/** "Get it now" sends what the commands of a result code say: read by the console and written again, they are the same. */
import { expect, test } from 'vitest';
import { callsIn } from '../../../mock-server/console/outcomes/curl-calls.js';
import { atlas } from '../../../mock-server/control-api/atlas/atlas.js';
import { DEFAULT_READINGS } from '../../../src/protocol/readings.js';
import { curlParts } from '../../../src/text/curl-command.js';

const CODES = atlas({
  url: 'http://127.0.0.1:10086',
  controlUrl: 'http://127.0.0.1:10087',
  appIdPrefix: 'atlas-',
  controlToken: "it's",
  nowMs: 1_700_000_000_000,
  subscribers: [
    { phoneNumber: '13800138000', operator: 'mobile' },
    { phoneNumber: '13800138999', operator: 'mobile', failure: 'serviceDown' },
    { phoneNumber: '13800138003', operator: 'mobile', failure: 'tokenServiceDown' },
    { phoneNumber: '13800138002', operator: 'mobile', failure: 'numberNotObtained' },
  ],
  readings: DEFAULT_READINGS,
  otherApp: { appId: '300000000001', shortId: 'ABCDEF' },
}).flatMap(({ operation, code, ways }) =>
  ways.map(({ way, curl }) => ({ name: `${operation} ${code} ${way}`, curl })),
);

test.each(CODES)('$name', ({ curl }) => {
  const written = callsIn(curl).map(({ headers, body, ...call }) =>
    curlParts({
      ...call,
      options: '-s',
      headers: Object.entries(headers),
      body: body === '' ? undefined : body,
    }).join(' '),
  );
  expect(written.join('\n')).toBe(curl.replaceAll(' -o /dev/null', ''));
});
