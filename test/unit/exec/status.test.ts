/** The exit status of `exec`, and why its command did not run. */
import { describe, expect, test } from 'vitest';
import {
  type Ended,
  lacksRequest,
  type NotRun,
  noRequestCause,
  notRunText,
  signalStatus,
  statusOf,
} from '../../../mock-server/cli/exec/status.js';
import { english } from '../../support/bilingual.js';

const failed = (code: string) => Object.assign(new Error(`spawn ${code}`), { code });
const notRun = (code: string): Ended => ({ kind: 'not run', error: failed(code) });

describe('the exit status', () => {
  test.each<{
    description: string;
    ended: Ended;
    requests?: number;
    allow?: boolean;
    mistakes?: number;
    lost?: number;
    status: number;
  }>([
    { description: 'that of the command', ended: { kind: 'exited', code: 7 }, status: 7 },
    {
      description: 'that of a command without a request',
      ended: { kind: 'exited', code: 7 },
      requests: 0,
      status: 7,
    },
    { description: '0 with a request', ended: { kind: 'exited', code: 0 }, status: 0 },
    {
      description: '1 without a request',
      ended: { kind: 'exited', code: 0 },
      requests: 0,
      status: 1,
    },
    {
      description: '0 without a request, if that is allowed',
      ended: { kind: 'exited', code: 0 },
      requests: 0,
      allow: true,
      status: 0,
    },
    {
      description: '1 with a mistake that --strict fails',
      ended: { kind: 'exited', code: 0 },
      mistakes: 1,
      status: 1,
    },
    {
      description: '1 with a client that did not reach the carrier',
      ended: { kind: 'exited', code: 0 },
      lost: 1,
      status: 1,
    },
    {
      description: '0 with such a client, if that is allowed',
      ended: { kind: 'exited', code: 0 },
      lost: 1,
      allow: true,
      status: 0,
    },
    {
      description: '128 + 2 after SIGINT',
      ended: { kind: 'killed', signal: 'SIGINT' },
      status: 130,
    },
    {
      description: '128 + 9 after SIGKILL',
      ended: { kind: 'killed', signal: 'SIGKILL' },
      requests: 0,
      status: 137,
    },
    { description: '127 for an unknown command', ended: notRun('ENOENT'), status: 127 },
    {
      description: '127 for an empty command',
      ended: notRun('ERR_INVALID_ARG_VALUE'),
      status: 127,
    },
    { description: '126 without permission', ended: notRun('EACCES'), status: 126 },
    { description: '126 for a path through a file', ended: notRun('ENOTDIR'), status: 126 },
    { description: '126 for a link to itself', ended: notRun('ELOOP'), status: 126 },
    { description: '126 for a name that is too long', ended: notRun('ENAMETOOLONG'), status: 126 },
    { description: '126 for arguments that are too long', ended: notRun('E2BIG'), status: 126 },
    {
      description: '126 for an error without a code',
      ended: { kind: 'not run', error: 'x' },
      status: 126,
    },
  ])('is $description', ({ ended, requests = 1, allow: allowNoRequest = false, ...row }) => {
    const { mistakes = 0, lost = 0, status } = row;
    const outcome = { ended, requests, allowNoRequest, mistakes, lost };
    expect(statusOf(outcome)).toBe(status);
    expect(lacksRequest(outcome)).toBe(status === 1 && mistakes + lost === 0);
  });

  test('is 128 + 15 if SIGTERM ends exec', () => {
    expect(signalStatus('SIGTERM')).toBe(143);
  });
});

describe('a command that does not run', () => {
  const text = (command: NotRun['command'], code: string, more: Partial<NotRun> = {}) =>
    notRunText({ command, error: failed(code), exists: false, platform: 'linux', ...more });

  test.each<{
    description: string;
    command: NotRun['command'];
    code: string;
    exists?: boolean;
    expected: string;
  }>([
    {
      description: 'an empty text is a variable without a value',
      command: ['', 'x'],
      code: 'ERR_INVALID_ARG_VALUE',
      expected:
        'the command is an empty text: write a program after "--", or set the variable that should contain it',
    },
    {
      description: 'an unknown program is misspelt or not installed',
      command: ['mvm', 'test'],
      code: 'ENOENT',
      expected: 'command "mvm" not found: check its spelling and PATH, or install it',
    },
    {
      description: 'a line of words is written as words',
      command: ['mvn  -q test'],
      code: 'ENOENT',
      expected:
        'command "mvn  -q test" not found: it runs without a shell, so write -- mvn -q test. Or install it',
    },
    {
      description: 'a line for a shell is written with one',
      command: ["npm ci && echo 'x'"],
      code: 'ENOENT',
      expected: `command "npm ci && echo 'x'" not found: it runs without a shell, so write -- sh -c 'npm ci && echo '\\''x'\\'''. Or install it`,
    },
    {
      description: 'a variable before the command needs a shell',
      command: ['A=1', 'mvn', 'test'],
      code: 'ENOENT',
      expected: `command "A=1" not found: it runs without a shell, so write -- sh -c 'A=1 mvn test'. Or install it`,
    },
    {
      description: 'a file without its interpreter',
      command: ['./run.sh'],
      code: 'ENOENT',
      exists: true,
      expected:
        'cannot run "./run.sh": it exists, but the interpreter in its first line does not. Install that',
    },
    {
      description: 'a file without permission',
      command: ['./run.sh'],
      code: 'EACCES',
      expected:
        'cannot run "./run.sh" (EACCES): it is a folder or has no permission to execute. Use chmod +x or its interpreter',
    },
    {
      description: 'a path through a file',
      command: ['/etc/passwd/x'],
      code: 'ENOTDIR',
      expected: 'cannot run "/etc/passwd/x" (ENOTDIR): correct its path',
    },
    {
      description: 'a refusal by the system',
      command: ['mvn', 'test'],
      code: 'EAGAIN',
      expected: 'cannot run "mvn" (EAGAIN): the system does not start it. Try it without exec',
    },
  ])('$description', ({ command, code, exists = false, expected }) => {
    const { en, zh } = text(command, code, { exists });
    expect(en).toBe(expected);
    english({ en, zh });
  });

  test('in Chinese', () => {
    expect(text(['mvn test'], 'ENOENT').zh).toBe(
      '找不到命令 "mvn test"：命令不经过 shell，请写成 -- mvn test；没有安装时请先安装',
    );
  });

  test('on Windows may be a batch file', () => {
    const words = text(['mvn', 'test'], 'ENOENT', { platform: 'win32' });
    expect(english(words)).toContain(
      '. On Windows, write -- cmd /c for a batch file such as mvn, gradlew or npm',
    );
  });
});

test.each([
  { program: 'node', cause: 'set the base URL of your client to $CMPASSPORT_BASE (http://mock)' },
  { program: '/usr/bin/go', cause: 'add -count=1' },
  { program: './gradlew', cause: 'add --rerun-tasks' },
  { program: 'node', isBaseLeft: true, cause: 'CMPASSPORT_BASE was set already' },
])('without a request from $program: $cause', ({ program, isBaseLeft = false, cause }) => {
  expect(noRequestCause([program], { url: 'http://mock', isBaseLeft }).en).toContain(cause);
});
