/** The variables that `exec` gives to its command, and what it does with those that are set already. */
import { OWN_VARIABLES } from '../../mock-server/cli/exec/own-variables.js';
import type { ROUTE_VARIABLES } from '../../mock-server/cli/exec/variables.js';
import { type Bilingual, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import { code, table } from './markdown.js';

interface Words {
  /** Which clients read it. */
  readonly read: Bilingual;
  readonly ifSet: Bilingual;
}

const REPLACED: Bilingual = { en: 'the value of `exec`', zh: '`exec` 的值' };
const ONE_FILE: Bilingual = {
  en: "one file for all four: the certificates of each file that is set, and the mock's CA",
  zh: '四个变量指向同一个文件：原来各文件里的证书，加上模拟服务的 CA',
};
const HTTPS: Words = {
  read: {
    en: "curl, Go, Python, PHP's curl, Bun, .NET, axios. axios before 1.16.1 opens no tunnel, so no certificate is checked",
    zh: 'curl、Go、Python、PHP 的 curl、Bun、.NET、axios。axios 1.16.1 之前不建隧道，也就不校验证书',
  },
  ifSet: REPLACED,
};
const HTTP: Words = {
  read: {
    en: "the same for `http://`; curl only in lower case. Ruby's Net::HTTP and Mono read only `http_proxy`, for HTTPS too",
    zh: '同上，用于 `http://`；curl 只认小写的。Ruby 的 Net::HTTP 和 Mono 只读 `http_proxy`，HTTPS 也用它',
  },
  ifSet: REPLACED,
};
const OTHERS: Words = {
  read: { en: 'clients that read no other', zh: '不读上面几个的客户端' },
  ifSet: REPLACED,
};
const BYPASS: Words = {
  read: { en: 'all of these', zh: '以上全部' },
  ifSet: {
    en: 'the hosts of both and those of `exec`, without entries that cover the carrier, such as `*` or `.com`',
    zh: '两者原有的域名加上 `exec` 的，去掉会包含移动认证平台的项，如 `*`、`.com`',
  },
};
const JAVA: Words = {
  read: {
    en: 'the JVM; the last two are set only if they are set already. [Not every Java client](../how-to/hard-coded-address.md#clients) uses them',
    zh: 'JVM；后两个只在已有值时设置。[不是每种 Java 客户端](../how-to/hard-coded-address.zh-CN.md#各种客户端)都会读',
  },
  ifSet: {
    en: "its options, then the mock's: in Java the last value of a property counts. `http.nonProxyHosts` keeps its hosts, except the carrier",
    zh: '原有的参数，后面加上模拟服务的：Java 里同一属性以最后一次为准。`http.nonProxyHosts` 保留原有的域名，移动认证平台除外',
  },
};

const ROUTE: Readonly<Record<(typeof ROUTE_VARIABLES)[number], Words>> = {
  HTTPS_PROXY: HTTPS,
  https_proxy: HTTPS,
  HTTP_PROXY: HTTP,
  http_proxy: HTTP,
  ALL_PROXY: OTHERS,
  all_proxy: OTHERS,
  NODE_USE_ENV_PROXY: {
    read: {
      en: 'Node from version 24 on: `fetch` and `node:https`. Node 20 needs [two more lines](../../examples/own-name/through-proxy.mjs)',
      zh: 'Node 24 及以上的 `fetch` 和 `node:https`；Node 20 还要加[两行代码](../../examples/own-name/through-proxy.mjs)',
    },
    ifSet: REPLACED,
  },
  NO_PROXY: BYPASS,
  no_proxy: BYPASS,
  SSL_CERT_FILE: {
    read: { en: 'Go, Python, Ruby, PHP', zh: 'Go、Python、Ruby、PHP' },
    ifSet: ONE_FILE,
  },
  NODE_EXTRA_CA_CERTS: { read: { en: 'Node, Bun', zh: 'Node、Bun' }, ifSet: ONE_FILE },
  REQUESTS_CA_BUNDLE: {
    read: { en: "Python's requests", zh: 'Python 的 requests' },
    ifSet: ONE_FILE,
  },
  CURL_CA_BUNDLE: { read: { en: 'curl', zh: 'curl' }, ifSet: ONE_FILE },
  PHP_INI_SCAN_DIR: {
    read: {
      en: "PHP's curl and streams, for the CA; streams ignore the proxy without [through_proxy.php](../../examples/own-name/through_proxy.php)",
      zh: 'PHP 的 curl 和流，用来信任 CA；流要加 [through_proxy.php](../../examples/own-name/through_proxy.php) 才走代理',
    },
    ifSet: { en: "its folders, then the mock's", zh: '原有的目录，后面加上模拟服务的' },
  },
  JAVA_TOOL_OPTIONS: JAVA,
  JDK_JAVA_OPTIONS: JAVA,
  _JAVA_OPTIONS: JAVA,
};

const HEADS = {
  own: { en: ['Variable', 'Value'], zh: ['变量', '值'] },
  route: {
    en: ['Variable', 'Who reads it', 'If it is set already'],
    zh: ['变量', '谁会读', '已有值时'],
  },
};

/** The argument: `own`, or `route` for those of clients with a hard-coded address. */
export function variables(language: Language, kind: string): string {
  if (kind === 'own')
    return table(
      HEADS.own[language],
      OWN_VARIABLES.map(({ name, help }) => [code(name), help[language]]),
    );
  const groups = [...new Set(Object.values(ROUTE))];
  return table(
    HEADS.route[language],
    groups.map((words) => {
      const names = Object.entries(ROUTE).flatMap(([name, of]) => (of === words ? code(name) : []));
      return [names.join(LIST_COMMA[language]), words.read[language], words.ifSet[language]];
    }),
  );
}
