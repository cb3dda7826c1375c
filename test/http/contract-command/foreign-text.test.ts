/** Texts from carriers and clients are not commands for a CI system: the only commands of a run are the kit's annotations. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { callCommand } from '../../support/called-command.js';
import { temporaryFile } from '../../support/files.js';
import { workflowCommandsIn } from '../../support/workflow-commands.js';

const EVIL = [
  '::error::forged',
  '  ::add-mask::forged',
  '\u0085::set-output name=a::forged',
  '\u2003::warning::forged\r::notice::forged',
  'a ##[stop-commands]forged',
  '###[error]forged',
].join('\n');
const ANNOTATED = { GITHUB_ACTIONS: 'true' };

/** The commands except the kit's groups, each of which must have its end. */
function annotationsIn(stdout: string): readonly string[] {
  const commands = workflowCommandsIn(stdout);
  const groups = commands.filter((name) => name.endsWith('group'));
  expect(groups).toEqual(groups.map((_, at) => (at % 2 === 0 ? 'group' : 'endgroup')));
  return commands.filter((name) => !groups.includes(name));
}

/** A profile of a carrier that responds normally to the preflight, and then always with the same text. */
async function profileOf(answer: string): Promise<string> {
  const answers = ['{"resultCode":"104201"}'];
  const server = createServer((_, res) => res.end(answers.shift() ?? answer));
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const profile = {
    baseUrls: { loginTokenValidate: `http://127.0.0.1:${port}` },
    credentials: { appId: { env: 'A' }, appSecret: { env: 'S' } },
    capabilities: ['loginTokenValidate'],
  };
  return temporaryFile('profile.json', JSON.stringify(profile));
}

test('a text of a carrier is not a command', async () => {
  const answer = JSON.stringify({ resultCode: EVIL, desc: EVIL, inresponseto: EVIL });
  const profile = await profileOf(answer);
  const only = 'loginTokenValidate/104201/unknown,loginTokenValidate/precedence/sign-before-token-form';
  const args = ['contract', 'provider', '--profile', profile, '--only', only];
  const { status, stdout, stderr } = await callCommand(args, { ...ANNOTATED, A: '300000000001', S: 'secret' });
  expect(status, `${stderr}${stdout}`).toBe(1);
  expect(stdout).toContain('forged');
  expect(annotationsIn(stdout)).toEqual(['error']);
  expect(stderr).toBe('');
});

test('the output of a client is not a command', async () => {
  const client = `console.log(${JSON.stringify(EVIL)}); fetch(process.env.CMPASSPORT_BASE_URL).finally(() => process.exit(1));`;
  const only = ['--only', 'loginTokenValidate/consumer/code-103000'];
  const args = ['contract', 'consumer', ...only, '--', process.execPath, '-e', client];
  const { status, stdout, stderr } = await callCommand(args, ANNOTATED);
  expect(status, `${stderr}${stdout}`).toBe(1);
  expect(stdout).toContain('forged');
  expect(annotationsIn(stdout)).toEqual(['error']);
  expect(stderr).toBe('');
});

test('the text of an invalid JSON file is not a command', async () => {
  const args = ['contract', 'provider', '--profile', temporaryFile('profile.json', '\n::error::forged')];
  const { status, stdout, stderr } = await callCommand(args, ANNOTATED);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^cmpassport-mock: .*\n$/);
  expect(workflowCommandsIn(stderr)).toEqual([]);
});
