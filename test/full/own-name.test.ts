/** Clients with a hard-coded address of the carrier reach the mock through environment variables only, with verified certificates. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ENDPOINTS, freshRequest, placeAt, resultCodeOf } from '../support/endpoints.js';
import { temporaryFile, temporaryFolder } from '../support/files.js';
import { hasMono, isInstalled } from '../support/programs.js';
import { runtime } from '../support/runtimes.js';
import { CARRIER_NAME, startProxied } from '../support/tunnels.js';

/** All post standard input to a path of the carrier and print the response. */
const FETCH = `
let body = '';
for await (const chunk of process.stdin) body += chunk;
const response = await fetch('https://${CARRIER_NAME}' + process.argv[2], { method: 'POST', body });
console.log(await response.text());
`;
const HTTP_CLIENT = `
static class Post
{
    static void Main(string[] args)
    {
        var body = new System.Net.Http.StringContent(System.Console.In.ReadToEnd());
        var response = new System.Net.Http.HttpClient().PostAsync("https://${CARRIER_NAME}" + args[0], body).Result;
        System.Console.WriteLine(response.Content.ReadAsStringAsync().Result);
    }
}
`;
const STREAM = `<?php
$post = ['method' => 'POST', 'header' => 'Content-Type: application/json', 'content' => stream_get_contents(STDIN)];
$context = stream_context_create(['http' => $post]);
$response = file_get_contents('https://${CARRIER_NAME}' . $argv[1], false, $context);
$response === false ? exit(1) : print($response);
`;
const PHP_FLAGS = [
  '-d',
  `auto_prepend_file=${resolve('examples/own-name/through_proxy.php')}`,
  '-d',
  'display_errors=stderr',
];
const THROUGH_PROXY = resolve('examples/own-name/through-proxy.mjs');
const BUN = runtime('.bin/bun');
const CLIENTS = [
  {
    name: 'curl',
    program: 'curl',
    isThere: isInstalled('curl'),
    args: (path: string) => ['-sS', '--data-binary', '@-', `https://${CARRIER_NAME}${path}`],
    environment: {},
    trusting: (ca: string) => ({ CURL_CA_BUNDLE: ca }),
  },
  {
    name: 'Node',
    program: process.execPath,
    isThere: true,
    args: (path: string) => [temporaryFile('post.mjs', FETCH), path],
    environment: { NODE_OPTIONS: `--import ${THROUGH_PROXY}` },
    trusting: (ca: string) => ({ NODE_EXTRA_CA_CERTS: ca }),
  },
  {
    name: 'PHP streams',
    program: 'php',
    isThere: isInstalled('php'),
    args: (path: string) => [...PHP_FLAGS, temporaryFile('post.php', STREAM), path],
    environment: {},
    trusting: (ca: string) => ({ SSL_CERT_FILE: ca }),
  },
  // Bun and Mono contain BoringSSL.
  {
    name: 'Bun',
    program: BUN,
    isThere: isInstalled(BUN),
    args: (path: string) => [temporaryFile('post.mjs', FETCH), path],
    environment: {},
    trusting: (ca: string) => ({ NODE_EXTRA_CA_CERTS: ca }),
  },
  {
    name: 'Mono',
    program: 'mono',
    isThere: hasMono(),
    args: (path: string) => [compiled(HTTP_CLIENT), path],
    environment: {},
    trusting: (ca: string) => {
      const env = { XDG_CONFIG_HOME: temporaryFolder() };
      execFileSync('cert-sync', ['--quiet', '--user', ca], { env: { ...process.env, ...env } });
      return env;
    },
  },
] as const;

/** Compiles a program of C# for Mono. */
function compiled(program: string): string {
  const file = temporaryFile('Post.cs', program);
  execFileSync('mcs', ['-r:System.Net.Http', file]);
  return file.replace('.cs', '.exe');
}

interface Run {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly input: string;
}

/** Mono sometimes aborts in its own code after Main has returned. */
const MONO_ABORTED = '* Assertion at mono-threads.c';

/** Runs the program with only these variables and PATH. */
async function runProgram({ program, args, env, input }: Run) {
  const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...env } });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  child.stdin.end(input);
  const [status] = await once(child, 'close');
  const aborted = output.stderr.startsWith(MONO_ABORTED);
  return aborted ? { ...output, status: 0, stderr: '' } : { ...output, status };
}

describe.each(CLIENTS)('$name', ({ program, isThere, args, environment, trusting }) => {
  test.skipIf(!isThere).each(ENDPOINTS)('$operation succeeds', async (endpoint) => {
    const { url, proxyUrl, ca } = await startProxied();
    const input = JSON.stringify(await freshRequest(await placeAt(url), endpoint));
    const env = { ...environment, HTTPS_PROXY: proxyUrl, ...trusting(temporaryFile('ca.pem', ca)) };
    const { status, stdout, stderr } = await runProgram({
      program,
      args: args(endpoint.path),
      env,
      input,
    });
    expect({ status, stderr, resultCode: resultCodeOf(stdout) }).toEqual({
      status: 0,
      stderr: '',
      resultCode: endpoint.success,
    });
  });

  test.skipIf(!isThere)('without the CA no request is sent', async () => {
    const { url, proxyUrl } = await startProxied();
    const [endpoint] = ENDPOINTS;
    const place = await placeAt(url);
    const input = JSON.stringify(await freshRequest(place, endpoint));
    const env = { ...environment, HTTPS_PROXY: proxyUrl };
    const { status, stderr } = await runProgram({ program, args: args(endpoint.path), env, input });
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/certificate/i);
    const response = await fetch(`${url}/_mock/requests?appId=${place.app.appId}`);
    expect(await response.json()).toMatchObject({ requests: [] });
  });
});

test.skipIf(!isInstalled('php'))(
  'through_proxy.php keeps the headers of the response',
  async () => {
    const { proxyUrl, ca } = await startProxied();
    const program = `<?php
    $post = stream_context_create(['http' => ['method' => 'POST', 'header' => 'Content-Type: a/b', 'content' => '{}']]);
    file_get_contents('https://${CARRIER_NAME}${ENDPOINTS[0].path}', false, $post);
    echo $http_response_header[0];
    (function () use ($post) {
        $stream = fopen('https://${CARRIER_NAME}${ENDPOINTS[0].path}', 'r', false, $post);
        echo ' ', stream_get_meta_data($stream)['wrapper_data'][0];
    })();
  `;
    const env = { HTTPS_PROXY: proxyUrl, SSL_CERT_FILE: temporaryFile('ca.pem', ca) };
    const args = [...PHP_FLAGS, temporaryFile('headers.php', program)];
    const { stdout, stderr } = await runProgram({ program: 'php', args, env, input: '' });
    expect({ stdout, stderr }).toEqual({ stdout: 'HTTP/1.1 200 OK HTTP/1.1 200 OK', stderr: '' });
  },
);
