/** Measures one tool, way and operation in a new process: calls a second and CPU time of a call. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startOnServerCore } from './peer-process.mjs';

const WORKER = fileURLToPath(new URL('../in-process-worker.mjs', import.meta.url));

export async function measureInProcess({ tool }, { way, operation }) {
  const command = [process.execPath, WORKER, tool, way, operation.operation];
  const { child, complaint } = startOnServerCore(command, { stdout: 'pipe' });
  const closed = once(child, 'close');
  let printed = '';
  for await (const chunk of child.stdout) printed += chunk;
  const [status] = await closed;
  if (status !== 0) throw new Error(`ended with status ${status}: ${complaint()}`);
  return JSON.parse(printed);
}
