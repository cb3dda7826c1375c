/** The runtimes that the full check runs besides the machine's Node, from test/full/runtimes. */

import type { Language } from '../../src/text/bilingual.js';
import manifest from '../../test/full/runtimes/package.json' with { type: 'json' };
import { table } from './markdown.js';

const HEAD = { en: ['Runtime', 'What runs there'], zh: ['运行时', '运行的内容'] };

export function runtimes(language: Language): string {
  const versionsOf = (isMeant: (name: string) => boolean) =>
    Object.entries({ ...manifest.dependencies, ...manifest.optionalDependencies })
      .filter(([name]) => isMeant(name))
      .map(([, specifier]) => specifier.split('@').at(-1) ?? '');
  const newer = versionsOf((name) => Number(name.replace('node-', '')) > 20).join(', ');
  const old = versionsOf((name) => Number(name.replace('node-', '')) < 20).join(', ');
  const [bun, deno, workerd] = ['bun', 'deno', '@cloudflare/workerd-linux-64'].flatMap((wanted) =>
    versionsOf((name) => name === wanted),
  );
  const rows = {
    en: [
      [
        `Node ${newer}`,
        'the unit tests, the tests of the client, of msw and in process, and `exec` with an integration test',
      ],
      [`Node ${old}`, 'every entry, which refuses them with one sentence'],
      [
        `Bun ${bun}, Deno ${deno}, workerd ${workerd}`,
        'the client: login, verify, a refused connection',
      ],
    ],
    zh: [
      [`Node ${newer}`, '单元测试，客户端、msw 和进程内的测试，以及用 `exec` 运行的集成测试'],
      [`Node ${old}`, '每个入口，都以一句话拒绝运行'],
      [
        `Bun ${bun}, Deno ${deno}, workerd ${workerd}`,
        '客户端：获取手机号码、本机号码校验、连接被拒',
      ],
    ],
  };
  return table(HEAD[language], rows[language]);
}
