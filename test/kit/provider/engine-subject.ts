/** The shell and the engine alone as what the kit judges: no socket, no listener. */
import { controlOver } from '../../../contracts/provider/control.js';
import { mockProvider } from '../../../contracts/provider/mock-provider.js';
import type { ControlCall, Subject } from '../../../contracts/provider/subject.js';
import type { Provider } from '../../../contracts/provider/world.js';
import { pathOf } from '../../../mock-server/adapters/carrier-listener.js';
import { inProcessFetch } from '../../../mock-server/adapters/in-process-fetch.js';
import { toConfiguration } from '../../../mock-server/config.js';
import { createHandle } from '../../../mock-server/handle.js';
import { createCarrier, requestListener } from '../../../mock-server/in-process.js';
import { silentLog } from '../../../mock-server/log.js';

export interface Started {
  readonly provider: Provider;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
const IN_PROCESS = 'http://in-process.test';
export const TIMEOUT_MS = 20_000;

export async function startEngine(): Promise<Started> {
  const carrier = createCarrier({ configuration: toConfiguration({}, LOOPBACK), seed: undefined, log: silentLog });
  const handle = createHandle(carrier);
  const listener = requestListener(carrier, { controlToken: undefined, caPem: undefined });
  const toControl = inProcessFetch(async () => ({ listener, basePath: '', clientIp: LOOPBACK }));
  const subject: Subject = {
    send: async ({ method, path, headers, body }) => {
      const rawHeaders = headers.flat();
      const bodyBytes = body.length;
      const reply = await handle({
        method,
        path: pathOf(path),
        rawHeaders,
        body: body.toString(),
        bodyBytes,
        clientIp: LOOPBACK,
      });
      if (reply === undefined) throw new Error(`${path} is not the carrier's`);
      const { status, body: text, requestId = '', decidedBy = '' } = reply;
      return { status, headers: { 'x-mock-request-id': requestId, 'x-mock-decided-by': decidedBy }, body: text };
    },
  };
  return started(
    subject,
    controlOver(toControl, { url: IN_PROCESS, controlToken: undefined, timeoutMs: TIMEOUT_MS }),
    IN_PROCESS,
  );
}

export function started(subject: Subject, control: ControlCall, baseUrl: string): Started {
  return {
    provider: mockProvider({ name: baseUrl, baseUrl, subject, control, lang: 'en' }),
    close: async () => undefined,
  };
}
