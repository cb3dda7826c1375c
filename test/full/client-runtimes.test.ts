/** The built client in Bun, Deno and workerd: login and verify succeed, and what a refused connection reports. Node is the control. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { createMockServer } from '../../mock-server/server.js';
import { freshToken, LOGIN, PHONE_NUMBER, placeAt, VERIFY } from '../support/endpoints.js';
import { temporaryFile } from '../support/files.js';
import { isInstalled } from '../support/programs.js';
import { runtime } from '../support/runtimes.js';

/** What the client's method returned or threw. */
const CALL = `
import { createCmpassportClient } from '${resolve('dist/cmpassport-client/index.mjs')}';

async function call({ settings, method, argument }) {
  const client = createCmpassportClient(settings);
  const { kind, code, maybeSent } = await client[method](argument).catch((error) => error);
  return JSON.stringify({ kind, code, maybeSent });
}
`;
const PROGRAM = `${CALL}
import process from 'node:process';
console.log(await call(JSON.parse(process.argv[2])));
`;
const WORKER = `${CALL}
export default { fetch: async (request) => new Response(await call(await request.json())) };
`;
const WORKERD_CONFIGURATION = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed "worker.mjs")],
      compatibilityDate = "2026-01-01",
      compatibilityFlags = ["nodejs_compat"],
    )),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;

async function runProgram(program: string, flags: readonly string[], input: object) {
  const args = [...flags, temporaryFile('call.mjs', PROGRAM), JSON.stringify(input)];
  const { stdout } = await promisify(execFile)(program, args);
  return JSON.parse(stdout);
}

/** Bundles the worker, as wrangler does, and starts a workerd for one call. */
async function runInWorkerd(program: string, input: object) {
  const configuration = temporaryFile('config.capnp', WORKERD_CONFIGURATION);
  const entry = temporaryFile('call.mjs', WORKER);
  const outfile = join(dirname(configuration), 'worker.mjs');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm' });
  const server = spawn(program, ['serve', configuration, '--control-fd=1']);
  try {
    const [line] = await once(server.stdout, 'data');
    const { port } = JSON.parse(String(line));
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      body: JSON.stringify(input),
    });
    return await response.json();
  } finally {
    server.kill();
  }
}

const [BUN, DENO] = ['bun', 'deno'].map((name) => runtime(`.bin/${name}`)) as [string, string];
const WORKERD = runtime('@cloudflare/workerd-linux-64/bin/workerd');
const RUNTIMES = [
  {
    name: 'Node',
    isThere: true,
    refused: { maybeSent: false },
    call: (input: object) => runProgram(process.execPath, [], input),
  },
  {
    name: 'Bun',
    isThere: isInstalled(BUN),
    refused: { maybeSent: false },
    call: (input: object) => runProgram(BUN, [], input),
  },
  {
    name: 'Deno',
    isThere: isInstalled(DENO),
    refused: { maybeSent: false },
    call: (input: object) => runProgram(DENO, ['run', '--allow-all', '--no-lock'], input),
  },
  {
    name: 'workerd',
    isThere: isInstalled(WORKERD),
    // The error is that of a connection that broke later: "Network connection lost."
    refused: { maybeSent: true },
    call: (input: object) => runInWorkerd(WORKERD, input),
  },
];

test.each(RUNTIMES.filter(({ isThere }) => isThere))(
  '$name: login and verify succeed, and then nothing listens',
  async ({ call, refused }) => {
    const server = await createMockServer();
    const place = await placeAt(server.url);
    const { appId, appKey, appSecret } = place.app;
    const settings = { appId, appKey, appSecret, baseUrl: server.url, production: false };
    const login = {
      settings,
      method: 'getPhoneNumber',
      argument: await freshToken(place, LOGIN),
    };
    const verify = {
      settings,
      method: 'verifyPhoneNumber',
      argument: { token: await freshToken(place, VERIFY), phoneNumber: PHONE_NUMBER },
    };
    try {
      expect(await call(login)).toEqual({ kind: 'phoneNumber' });
      expect(await call(verify)).toEqual({ kind: 'ownNumber' });
    } finally {
      await server.close();
    }
    expect(await call(login)).toEqual({ code: 'ERR_NETWORK', ...refused });
  },
);
