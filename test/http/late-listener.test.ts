/** A listener that is loaded with its first request: no request is lost if its code cannot be loaded. */
import { createServer } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { lateListener } from '../../mock-server/http/late-listener.js';
import { addressOf } from '../../mock-server/server/listeners.js';
import { silentLog } from '../../mock-server/telemetry/log.js';

const server = createServer();
afterEach(() => server.removeAllListeners('request').close());

test('a failure is answered and logged, and the next request loads again', async () => {
  const error = vi.fn();
  const load = vi
    .fn()
    .mockRejectedValueOnce(new Error('EMFILE: too many open files'))
    .mockResolvedValue((_req: unknown, res: { end: (text: string) => void }) => res.end('loaded'));
  server.on('request', lateListener({ ...silentLog, error }, load));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${addressOf(server).port}`;

  const refused = await fetch(url);
  expect(refused.status).toBe(500);
  expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await refused.json()).toMatchObject({ status: 500 });
  expect(error.mock.calls[0]?.[0].en).toContain('EMFILE');

  expect(await (await fetch(url)).text()).toBe('loaded');
  expect(await (await fetch(url)).text()).toBe('loaded');
  expect(load).toHaveBeenCalledTimes(2);
});
