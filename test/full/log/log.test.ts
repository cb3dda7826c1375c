/** The log: levels, both formats as the built command writes them, and the additions of --log-secrets. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import demoApps from '../../../fixtures/apps.json' with { type: 'json' };
import { LOG_LEVELS } from '../../../mock-server/options/option-rows.js';
import type { JsonLine } from '../../../mock-server/telemetry/json-log.js';
import {
  createLog,
  type LogLine,
  type LogOptions,
  textLine,
} from '../../../mock-server/telemetry/log.js';
import manifest from '../../../package.json' with { type: 'json' };
import { membersIn } from '../../../scripts/pages/docstrings.js';
import type { Language } from '../../../src/text/bilingual.js';
import { startCommand } from '../../support/command.js';
import { login, mintToken } from '../../support/mock.js';
import { eventually } from '../../support/poll.js';
import { loginRequest } from '../../support/requests.js';

const [DEMO = { appId: '', appKey: '', appSecret: '' }] = demoApps;

/** The fields with a comment, which the page has. */
const DOCUMENTED = [
  ...membersIn('mock-server/telemetry/json-log.ts', 'JsonLine'),
  ...membersIn('mock-server/carrier/log.ts', 'LogFields'),
].map(({ name }) => name);

const bilingual = (text: string) => ({ en: text, zh: `中文${text}` });

function linesOf(options: Omit<LogOptions, 'language'>, language: Language = 'en') {
  const lines: LogLine[] = [];
  const log = createLog({ ...options, language }, (line) => void lines.push(line));
  const more = { fields: { appId: 'a' }, secrets: () => ({ token: 't\n' }) };
  log.error(bilingual('broken'), more);
  log.info(bilingual('refused'), more);
  log.debug(bilingual('received'), more);
  return lines;
}

describe('levels', () => {
  test.each(
    LOG_LEVELS.map((level, at) => ({
      level,
      messages: ['broken', 'refused', 'received'].slice(0, at),
    })),
  )('$level logs $messages', ({ level, messages }) => {
    expect(linesOf({ level, secrets: false }).map(({ message }) => message)).toEqual(messages);
  });
});

describe('as text', () => {
  const TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d`;

  test.each([
    { language: 'en' as const, texts: ['broken', 'refused', 'received'] },
    { language: 'zh' as const, texts: ['中文broken', '中文refused', '中文received'] },
  ])('a line in $language has time, level and message', ({ language, texts }) => {
    const lines = linesOf({ level: 'debug', secrets: false }, language).map(textLine);
    expect(lines).toEqual(
      ['error', 'info ', 'debug'].map((level, at) =>
        expect.stringMatching(new RegExp(`^${TIME} ${level} ${texts[at]}\n$`)),
      ),
    );
  });

  test.each([
    { zone: 'Asia/Shanghai', local: '2026-11-25T09:36:20.007+08:00' },
    { zone: 'UTC', local: '2026-11-25T01:36:20.007+00:00' },
    { zone: 'America/St_Johns', local: '2026-11-24T22:06:20.007-03:30' },
  ])('the time is in $zone, with its offset', ({ zone, local }) => {
    vi.stubEnv('TZ', zone);
    onTestFinished(() => void vi.unstubAllEnvs());
    const timeMs = Date.UTC(2026, 10, 25, 1, 36, 20, 7);
    expect(
      textLine({ timeMs, severity: 'info', message: 'x', fields: {}, secrets: undefined }),
    ).toBe(`${local} info  x\n`);
  });

  test('requested secrets are at the end of the line', () => {
    const [line = ''] = linesOf({ level: 'debug', secrets: true }).map(textLine);
    expect(line).toMatch(/ error broken \{"token":"t\\n"\}\n$/);
  });
});

describe('of the command', () => {
  const serveJson = async (args: readonly string[]) => {
    const command = startCommand(['--port', '0', '--log-format', 'json', ...args]);
    const lines = (): readonly JsonLine[] =>
      command
        .stderr()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line));
    const { url } = await eventually('its address', () =>
      lines().find(({ msg }) => msg.startsWith('listening at ')),
    );
    return { ...command, url: url as string, lines };
  };
  const refuse = async (url: string) => {
    const token = await mintToken(url, DEMO.appId);
    await login(url, loginRequest({ ...DEMO, appSecret: DEMO.appKey }, token));
    return token;
  };

  test('in JSON each event is a line, the first has the address, and standard output stays empty', async () => {
    const { url, lines, stdout, signal, finished } = await serveJson(['--log', 'debug']);
    await refuse(url);
    await eventually('its lines', () => (lines().length < 4 ? undefined : true));
    signal('SIGTERM');
    expect(await finished()).toMatchObject({ status: 0 });
    const common = {
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      pid: expect.any(Number),
      hostname: expect.any(String),
    };
    const request = {
      ...common,
      requestId: expect.stringMatching(/^\w{6}-[0-9a-f]{16}$/),
      operation: 'loginTokenValidate',
      appId: DEMO.appId,
      resultCode: '103101',
      decidedBy: 'signValid',
      clientIp: expect.stringContaining('127.0.0.1'),
      durationMs: expect.any(Number),
      msg: expect.stringContaining('loginTokenValidate 103101'),
    };
    expect(lines()).toEqual([
      {
        ...common,
        level: 'info',
        url,
        version: expect.stringContaining(manifest.version),
        msg: `listening at ${url}`,
      },
      {
        ...common,
        level: 'debug',
        appId: DEMO.appId,
        call: 'POST /_mock/apps/:appId/tokens',
        clientIp: '127.0.0.1',
        status: 201,
        msg: `control POST /_mock/apps/:appId/tokens 201 "${DEMO.appId}" from 127.0.0.1`,
      },
      { ...request, level: 'debug' },
      { ...request, level: 'info', finding: 'sign.secret-swapped' },
    ]);
    expect(stdout()).toBe('');
    const fields = new Set(lines().flatMap(Object.keys));
    // Fields that do not occur here: without HTTPS, with a documented code, with one refusal of one cause, and without a
    // configuration file.
    const absent = ['httpsUrl', 'undocumented', 'findings', 'omitted', 'id'];
    const expected = DOCUMENTED.filter((field) => !absent.includes(field));
    expect([...fields].toSorted()).toEqual(expected.toSorted());
  });

  test('no line is lost right before the end', async () => {
    const { url, lines, signal, finished } = await serveJson(['--log', 'debug']);
    for (let at = 0; at < 200; at += 1) await login(url, {});
    signal('SIGTERM');
    await finished();
    expect(lines().filter(({ level }) => level === 'debug')).toHaveLength(200);
  });

  test('with --log-secrets, tokens and whole requests are in the lines', async () => {
    const { url, lines } = await serveJson(['--log', 'debug', '--log-secrets']);
    const token = await refuse(url);
    const [, , received, refused] = await eventually('its lines', () =>
      lines().length < 4 ? undefined : lines(),
    );
    const answer = expect.stringContaining('103101');
    const request = expect.objectContaining({
      method: 'POST',
      body: expect.stringContaining(token),
    });
    expect(received).toMatchObject({ token, request, response: { body: answer } });
    expect(JSON.stringify(refused)).toContain(token);
    expect(refused).toHaveProperty('detail');
  });
});
