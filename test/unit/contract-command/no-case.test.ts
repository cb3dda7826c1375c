/** A run in which no case runs proves nothing, so it fails unless a flag allows it. */
import { expect, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';

const ENV = { MINE_APP_ID: '1', MINE_APP_SECRET: '2' };

/** The case needs the control API. */
function provider(): readonly string[] {
  const path = temporaryFile('profile.json', {
    baseUrls: { loginTokenValidate: 'http://127.0.0.1:9' },
    credentials: { appId: { env: 'MINE_APP_ID' }, appSecret: { env: 'MINE_APP_SECRET' } },
    capabilities: ['loginTokenValidate'],
  });
  return ['provider', '--profile', path, '--only', 'loginTokenValidate/105312'];
}

/** The check needs the ledger of a mock. */
function replay(): readonly string[] {
  const curl = "curl https://www.cmpassport.com/unisdk/rsapi/loginTokenValidate --data-raw '{}'";
  return ['replay', '--only', 'sent-charged-once', temporaryFile('request.txt', curl)];
}

test.each([
  { command: 'provider', argsOf: provider },
  { command: 'replay', argsOf: replay },
])(
  '$command without a case that ran has exit status 2, and 0 with the flag',
  async ({ argsOf }) => {
    const args = ['contract', ...argsOf()];
    const refused = await callCommand(args, ENV);
    expect(refused.stdout).toContain('\nExit status 2: no case ran, so this proves nothing.');
    expect(refused.status).toBe(2);
    const allowed = await callCommand([...args, '--allow-no-case'], ENV);
    expect(allowed.stdout).toContain('\nExit status 0, although no case ran.\n');
    expect(allowed.status).toBe(0);
  },
);
