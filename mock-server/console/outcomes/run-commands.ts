/** Runs the commands of a result code from this page. */
import { BASE, exchange, type SentExchange } from '../state/carrier.js';
import { authorizedFetch } from '../state/mock.js';
import { carrierAddress } from '../state/server-data.js';
import { callsIn } from './curl-calls.js';

/** The last call is the one of the carrier; those before prepare it with the control API. */
export async function runCommands(commands: string, stopped: AbortSignal): Promise<SentExchange> {
  const calls = callsIn(commands);
  for (const { method, url, body } of calls.slice(0, -1)) {
    // The server may have another address for this page than for a shell.
    const path = url.slice(url.indexOf('/_mock/'));
    const answer = await authorizedFetch(BASE + path, { method, body: body || null });
    // Without the app of an earlier run, there is nothing to delete.
    if (!answer.ok && method !== 'DELETE') throw new Error(await answer.text());
  }
  const [last] = calls.slice(-1);
  if (last === undefined) throw new Error('no command');
  return exchange({ ...last, path: last.url.slice(carrierAddress.value.length) }, stopped);
}
