/** The log lines of control calls: a reset of all apps at info, the others at debug, and no value of a path. */
import { expect, test } from 'vitest';
import { createLog, type LogLine } from '../../../mock-server/telemetry/log.js';
import { newCarrier } from '../../support/carrier.js';
import { directApi } from '../../support/direct-api.js';

test('each call has a line', async () => {
  const lines: LogLine[] = [];
  const log = createLog({ level: 'debug', secrets: false, language: 'en' }, (line) => void lines.push(line));
  const api = directApi({ ...newCarrier({ nowMs: 0 }).carrier, log });
  const { body: app } = await api.post('/_mock/apps').send({ appId: '300000000077' });
  const { body } = await api.post(`/_mock/apps/${app.appId}/tokens`).send({});
  await api.get(`/_mock/apps/${app.appId}/tokens/${body.token}`).expect(200);
  await api.post('/_mock/reset').expect(204);
  expect(lines.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
    'debug control POST /_mock/apps 201',
    'debug control POST /_mock/apps/:appId/tokens 201 "300000000077"',
    'debug control GET /_mock/apps/:appId/tokens/:token 200 "300000000077"',
    'info control POST /_mock/reset 204',
  ]);
});
