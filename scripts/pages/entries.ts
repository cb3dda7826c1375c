/** What the package exports, from package.json. */
import manifest from '../../package.json' with { type: 'json' };
import type { Bilingual, Language } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

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
  './fetch': {
    what: {
      en: "the carrier in a unit test's process, without a port, as a `fetch`",
      zh: '单元测试用的模拟服务，在测试进程里运行，不占端口，以 `fetch` 函数的形式提供',
    },
  },
  './msw': {
    what: {
      en: 'the same, with request handlers for msw',
      zh: '同上，另带 msw 的请求处理器',
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
