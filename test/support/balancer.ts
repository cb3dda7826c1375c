/** Runs the balancer of the compose file on loopback, in front of a test's mocks. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './files.js';
import { eventually } from './poll.js';
import { freePort } from './sockets.js';

export interface Balancer {
  readonly url: string;
  readonly httpsUrl: string;
}

interface Places {
  readonly urls: readonly string[];
  readonly tlsDir: string;
}

/** Uses containers/haproxy.cfg with other addresses. */
export async function startBalancer(places: Places): Promise<Balancer> {
  const [port, httpsPort] = [await freePort(), await freePort()];
  const file = join(temporaryFolder(), 'haproxy.cfg');
  writeFileSync(file, onLoopback(readFileSync('containers/haproxy.cfg', 'utf8'), { ...places, port, httpsPort }));
  const haproxy = spawn('haproxy', ['-W', '-db', '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(async () => {
    // Its workers end too.
    haproxy.kill('SIGTERM');
    await once(haproxy, 'close');
  });
  let printed = '';
  for (const output of [haproxy.stdout, haproxy.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const url = `http://127.0.0.1:${port}`;
  await eventually('the balancer', async () => {
    if (haproxy.exitCode !== null) throw new Error(printed);
    return (await isHealthy(url)) || undefined;
  });
  return { url, httpsUrl: `https://127.0.0.1:${httpsPort}` };
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/_mock/health`).catch(() => undefined);
  return answer?.ok === true;
}

function onLoopback(
  configuration: string,
  { urls, tlsDir, port, httpsPort }: Places & { readonly port: number; readonly httpsPort: number },
): string {
  const servers = (checks: string) =>
    urls.map((url, at) => `    server replica${at} ${new URL(url).host} ${checks}`).join('\n');
  return configuration
    .replace('bind :10086', `bind 127.0.0.1:${port}`)
    .replace('bind :443 ssl crt /tls/', `bind 127.0.0.1:${httpsPort} ssl crt ${tlsDir}/`)
    .replace(/^ +server-template .* init-addr none (check .*)$/gm, (_, checks) => servers(checks));
}
