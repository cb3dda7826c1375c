/** The built client in Bun and Deno: login and verify succeed, and a refused connection is known as not sent. Node is the control. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createMockServer } from '../../mock-server/server.js';
import { freshToken, LOGIN, PHONE_NUMBER, placeAt, VERIFY } from '../support/endpoints.js';
import { temporaryFile } from '../support/files.js';
import { isInstalled } from '../support/programs.js';

/** Prints what the call in its argument returned or threw. */
const CALL = `
import process from 'node:process';
import { createCmpassportClient } from '${resolve('dist/cmpassport-client/index.mjs')}';

const { settings, method, argument } = JSON.parse(process.argv[2]);
const client = createCmpassportClient(settings);
const answer = await client[method](argument).catch((error) => error);
const { kind, code, maybeSent } = answer;
console.log(JSON.stringify({ kind, code, maybeSent }));
`;
const bin = (name: string) => resolve('test/full/own-name/node_modules/.bin', name);
const RUNTIMES = [
  { name: 'Node', program: process.execPath, isThere: true, flags: [] },
  { name: 'Bun', program: bin('bun'), isThere: isInstalled(bin('bun')), flags: [] },
  {
    name: 'Deno',
    program: bin('deno'),
    isThere: isInstalled(bin('deno')),
    flags: ['run', '--allow-all', '--no-lock'],
  },
];

describe.each(RUNTIMES)('$name', ({ program, isThere, flags }) => {
  const call = async (input: object) => {
    const file = temporaryFile('call.mjs', CALL);
    const args = [...flags, file, JSON.stringify(input)];
    const { stdout } = await promisify(execFile)(program, args);
    return JSON.parse(stdout);
  };

  test.skipIf(!isThere)(
    'login and verify succeed; without a server, nothing was sent',
    async () => {
      const server = await createMockServer();
      const place = await placeAt(server.url);
      const { appId, appKey, appSecret } = place.app;
      const settings = { appId, appKey, appSecret, baseUrl: server.url, production: false };
      const token = await freshToken(place, LOGIN);
      const check = { token: await freshToken(place, VERIFY), phoneNumber: PHONE_NUMBER };
      try {
        expect(await call({ settings, method: 'getPhoneNumber', argument: token })).toEqual({
          kind: 'phoneNumber',
        });
        expect(await call({ settings, method: 'verifyPhoneNumber', argument: check })).toEqual({
          kind: 'ownNumber',
        });
      } finally {
        await server.close();
      }
      expect(await call({ settings, method: 'getPhoneNumber', argument: token })).toEqual({
        code: 'ERR_NETWORK',
        maybeSent: false,
      });
    },
  );
});
