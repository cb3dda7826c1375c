/** Apps of a running mock for node:test. `cmpassport-mock init node` writes this file into your project. */
import { connectMock } from 'cmpassport-mock/control';

const { CMPASSPORT_BASE, CMPASSPORT_CONTROL_TOKEN: controlToken } = process.env;

/** The address of the mock: the base URL of your client in tests. */
export const BASE = CMPASSPORT_BASE ?? 'http://127.0.0.1:10086';

const mock = connectMock({ url: BASE, controlToken });

/**
 * Creates an app with the name of the test, and removes it when the test ends. The settings are capabilities, ipWhitelist,
 * generateKeys and others. Tests with an app each can run in parallel.
 */
export async function newApp(t, settings) {
  const app = await mock.createApp({ name: t.name.slice(0, 100), ...settings });
  t.after(() => app.dispose());
  return app;
}
