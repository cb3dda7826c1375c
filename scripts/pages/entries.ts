/** What the package exports, from package.json, and the options of createCarrierHandlers with their docstrings. */
import { readFileSync } from 'node:fs';
import type { CarrierHandlersOptions } from '../../mock-server/in-process/msw-options.js';
import manifest from '../../package.json' with { type: 'json' };
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { code, plain, table } from './markdown.js';

interface EntryWords {
  readonly what: Bilingual;
  readonly needs?: keyof typeof manifest.peerDependencies;
}

/** The entries with code. `.` is the client too. */
type Entry = Exclude<
  keyof typeof manifest.exports,
  '.' | './package.json' | `${string}*.json` | `${string}.json`
>;

const ENTRIES: Readonly<Record<Entry, EntryWords>> = {
  './client': {
    what: {
      en: 'the reference client, also `cmpassport-client`',
      zh: '参考客户端，也可写 `cmpassport-client`',
    },
  },
  './server': {
    what: {
      en: "the carrier on a port of the test's process, or as Express middleware",
      zh: '集成测试用的模拟服务，在测试进程里运行，监听端口；也可以作 Express 中间件',
    },
  },
  './msw': {
    what: {
      en: "the carrier in a unit test's process, without a port",
      zh: '单元测试用的模拟服务，在测试进程里运行，不占端口',
    },
    needs: 'msw',
  },
  './control': {
    what: {
      en: 'the client of the control API, for a mock that runs anywhere',
      zh: '控制接口的客户端，模拟服务在哪里运行都行',
    },
  },
  './contracts': {
    what: {
      en: 'result codes, ambiguities and JSON Schemas as data',
      zh: '返回码表、文档歧义表、JSON Schema',
    },
  },
  './fixtures': {
    what: { en: 'seeded test data', zh: '测试数据，种子相同则数据相同' },
    needs: '@faker-js/faker',
  },
};

const HEAD = { en: ['Import', 'What it is', 'Needs'], zh: ['引入', '内容', '需要'] };

export function entries(language: Language): string {
  return table(
    HEAD[language],
    Object.entries(ENTRIES).map(([path, { what, needs }]) => [
      code(path.replace('.', manifest.name)),
      what[language],
      needs === undefined ? '' : code(`${needs}@${manifest.peerDependencies[needs]}`),
    ]),
  );
}

const OPTIONS_FILE = 'mock-server/in-process/msw-options.ts';
const OPTIONS_HEAD = { en: ['Option', 'For'], zh: ['选项', '用途'] };

/** The Chinese words. The English ones are the docstrings. */
const OPTIONS: Readonly<Record<keyof CarrierHandlersOptions, string>> = {
  app: '应用的凭据和设置，与配置文件里的写法相同；没写的沿用演示应用的',
  configuration: '配置文件的内容；其中第一个应用代替演示应用',
  bases: '移动认证平台的地址；默认是真实平台的两个域名，https',
  seed: '每次得到同样的 id、token 和凭据',
  clientIp: '全部请求的来源 IP，供白名单校验；默认 127.0.0.1',
};

export function handlerOptions(language: Language): string {
  const [, body = ''] = readFileSync(OPTIONS_FILE, 'utf8').split(
    'interface CarrierHandlersOptions',
  );
  const docs = new Map(
    Array.from(body.matchAll(/\/\*\* (.*?) \*\/\n {2}readonly (\w+)\?/g), ([, doc = '', name]) => [
      name,
      doc,
    ]),
  );
  return table(
    OPTIONS_HEAD[language],
    Object.entries(OPTIONS).map(([name, zh]) => {
      const en = docs.get(name);
      if (en === undefined)
        throw new Error(`${OPTIONS_FILE}: ${name} has no docstring in one line`);
      return [code(name), { en: plain(en), zh }[language]];
    }),
  );
}
