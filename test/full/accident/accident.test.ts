/**
 * Which clients reach the mock in the environment of `exec --proxy`, and which send their requests to the carrier itself.
 * With `exec --hosts`, all reach the mock.
 * The name ends in .test, which no resolver knows. A server with a certificate of another CA is the real carrier.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../support/command.js';
import { temporaryFolder } from '../../support/files.js';
import jars from '../../support/java-jars.json' with { type: 'json' };
import { hasJava, hasLanguage, isInstalled } from '../../support/programs.js';
import { CLIENTS, type ClientRow } from './clients.js';

const NAME = 'carrier.test';
const HEALTH = `https://${NAME}/_mock/health`;
const REAL = 'the real carrier';
const FOLDER = resolve('test/full/accident');
const JARS = jars.clients.map((name) => `/usr/share/java/${name}.jar`);
const HAS_JARS = hasJava() && JARS.every(existsSync);
if (!HAS_JARS)
  console.warn(
    'skipped: the clients of Java, which Debian has in libokhttp-java, libhttpclient-java, libhttpclient5-java and libspring-web-java',
  );
const PYTHON = '/usr/bin/python3';

/** What the tests share: the compiled clients, the certificate of the real carrier, the CA of the mock. */
const SHARED = mkdtempSync(join(tmpdir(), 'cmpassport-mock-'));
afterAll(() => rmSync(SHARED, { recursive: true, force: true }));

/** A function that makes the value at its first call. */
function atFirstCall<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const monoProgram = atFirstCall(() => {
  const program = join(SHARED, 'clients.exe');
  execFileSync('mcs', [`-out:${program}`, join(FOLDER, 'clients.cs')]);
  return program;
});

const THROUGH_PROXY = resolve('examples/own-name/through-proxy.mjs');

const LANGUAGES: readonly {
  readonly name: string;
  readonly isThere: boolean;
  readonly command: () => readonly string[];
  readonly rows: readonly ClientRow[];
  readonly readsNoProxy?: boolean;
  /** Whether its CAs are files that the variables name. Java has a trust store, which `exec` replaces. */
  readonly readsCertificates?: boolean;
}[] = [
  {
    name: 'Java',
    isThere: HAS_JARS,
    readsCertificates: false,
    command: atFirstCall(() => {
      const path = [SHARED, ...JARS].join(':');
      const flags = ['-J-XX:TieredStopAtLevel=1', '-nowarn', '-cp', path, '-d', SHARED];
      execFileSync('javac', [...flags, join(FOLDER, 'Clients.java')], { stdio: 'ignore' });
      return ['java', '-XX:TieredStopAtLevel=1', '-cp', path, 'Clients'];
    }),
    rows: CLIENTS.Java,
  },
  {
    name: 'Go',
    isThere: hasLanguage('go', 'version'),
    command: atFirstCall(() => {
      const program = join(SHARED, 'clients');
      execFileSync('go', ['build', '-o', program, join(FOLDER, 'clients.go')]);
      return [program];
    }),
    rows: CLIENTS.Go,
  },
  {
    name: 'PHP',
    isThere: isInstalled('php'),
    command: () => ['php', join(FOLDER, 'clients.php')],
    rows: CLIENTS.PHP,
  },
  {
    name: 'PHP with through_proxy.php',
    isThere: isInstalled('php'),
    readsNoProxy: false,
    command: () => [
      'php',
      '-d',
      `auto_prepend_file=${resolve('examples/own-name/through_proxy.php')}`,
      join(FOLDER, 'clients.php'),
    ],
    rows: CLIENTS['PHP with through_proxy.php'],
  },
  {
    name: 'Python',
    isThere: existsSync(PYTHON),
    command: () => [PYTHON, '-W', 'ignore', join(FOLDER, 'clients.py')],
    rows: CLIENTS.Python,
  },
  {
    name: 'Ruby',
    isThere: hasLanguage('ruby'),
    command: () => ['ruby', '-W0', join(FOLDER, 'clients.rb')],
    rows: CLIENTS.Ruby,
  },
  {
    name: 'Mono',
    isThere: isInstalled('mcs'),
    command: () => ['mono', monoProgram()],
    rows: CLIENTS.Mono,
  },
  {
    name: 'Mono after cert-sync',
    isThere: isInstalled('mcs'),
    readsCertificates: false,
    command: () => [
      ...['env', `HOME=${temporaryFolder()}`, 'sh', '-c'],
      'cert-sync --quiet --user "$CMPASSPORT_CA_FILE" && exec mono "$@"',
      ...['sh', monoProgram()],
    ],
    rows: CLIENTS['Mono after `cert-sync --user "$CMPASSPORT_CA_FILE"`'],
  },
  {
    name: 'Node 20',
    isThere: process.versions.node.startsWith('20.'),
    command: () => [process.execPath, join(FOLDER, 'clients.mjs')],
    rows: CLIENTS['Node 20'],
  },
  {
    name: 'Node with through-proxy.mjs',
    isThere: true,
    command: () => [process.execPath, '--import', THROUGH_PROXY, join(FOLDER, 'clients.mjs')],
    rows: CLIENTS['Node with through-proxy.mjs'],
  },
];

/** A server at this machine's name, and a folder with its certificate as OpenSSL and Go read the system's CAs. */
const REAL_CARRIER = { url: '', folder: join(SHARED, 'real'), certificate: '' };

beforeAll(async () => {
  const { folder } = REAL_CARRIER;
  mkdirSync(folder);
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string];
  const subject = ['-subj', '/CN=A public CA', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject],
    {
      stdio: 'ignore',
    },
  );
  const hash = execFileSync('openssl', ['x509', '-hash', '-noout', '-in', cert], {
    encoding: 'utf8',
  }).trim();
  copyFileSync(cert, join(folder, `${hash}.0`));
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (_, res) => void res.end(REAL),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  Object.assign(REAL_CARRIER, { url: `https://localhost:${port}/`, certificate: cert });
  return () => void server.close();
});

type Environment = Readonly<Record<string, string>>;

/** Variables that this machine may set. */
const UNSET: Environment = Object.fromEntries(
  [
    'SSL_CERT_FILE',
    'NODE_EXTRA_CA_CERTS',
    'REQUESTS_CA_BUNDLE',
    'CURL_CA_BUNDLE',
    'JAVA_TOOL_OPTIONS',
    'NO_PROXY',
  ]
    .concat('no_proxy', 'NODE_OPTIONS', 'PHP_INI_SCAN_DIR')
    .map((name) => [name, '']),
);

/** Every variable that `exec` gives, as on a machine of a company: with other CAs, and a proxy that does not answer. */
function companyVariables(ca: string): Environment {
  const proxy = 'http://127.0.0.1:1';
  const java = ['http', 'https'].flatMap((scheme) => [
    `-D${scheme}.proxyHost=127.0.0.1`,
    `-D${scheme}.proxyPort=1`,
  ]);
  const javaTrust = [
    '-Djavax.net.ssl.trustStore=/nonexistent.jks',
    '-Djavax.net.ssl.trustStoreType=JKS',
  ];
  const options = [
    '-Dfile.encoding=UTF-8',
    ...java,
    ...javaTrust,
    '-Dhttp.nonProxyHosts=*.test',
  ].join(' ');
  const [bypass, php] = [`*,.test,${NAME}`, temporaryFolder()];
  writeFileSync(
    join(php, 'company.ini'),
    'curl.cainfo="/nonexistent.pem"\nopenssl.cafile="/nonexistent.pem"\n',
  );
  return {
    ...{ HTTPS_PROXY: proxy, https_proxy: proxy, HTTP_PROXY: proxy, http_proxy: proxy },
    ...{ ALL_PROXY: proxy, all_proxy: proxy, NO_PROXY: bypass, no_proxy: bypass },
    ...{ SSL_CERT_FILE: ca, NODE_EXTRA_CA_CERTS: ca, REQUESTS_CA_BUNDLE: ca, CURL_CA_BUNDLE: ca },
    ...{ JAVA_TOOL_OPTIONS: options, JDK_JAVA_OPTIONS: options, _JAVA_OPTIONS: options },
    ...{
      NODE_USE_ENV_PROXY: '0',
      NODE_OPTIONS: '--no-warnings',
      PHP_INI_SCAN_DIR: `${delimiter}${php}`,
    },
  };
}

const TLS_FOLDER = join(SHARED, 'tls');

type Found = ReadonlyMap<string, string>;
const NONE: Found = new Map();

/** The body or error of each client, for each address. All in one `exec`, whose start takes longer than most programs. */
async function foundAt(
  urls: readonly string[],
  program: readonly string[],
  env: Environment,
  way: '--proxy' | '--hosts' = '--proxy',
): Promise<readonly Found[]> {
  const exec = [
    'exec',
    way,
    '--allow-no-request',
    '--tls-name',
    NAME,
    '--tls-dir',
    TLS_FOLDER,
    '--',
  ];
  const script = `for url in ${urls.join(' ')}; do "$@" "$url"; echo ---; done`;
  const { stdout, stderr } = await runCommand([...exec, 'sh', '-c', script, 'sh', ...program], env);
  return stdout
    .split('---\n')
    .slice(0, urls.length)
    .map((output) => {
      expect(output, stderr).toContain('\t');
      return new Map(output.split('\n').map((line) => line.split('\t') as [string, string]));
    });
}

/** The start of the mock's answer. */
const HEALTHY = '{"status":"ok",';
const UNRESOLVED =
  /resolve|not known|ENOTFOUND|getaddrinfo|UnknownHost|no such host|server misbehaving|lookup/i;
const UNTRUSTED = /certif|PKIX|SSL|TLS|TrustFailure/i;

function proxiedOutcome(text: string): string {
  return text.startsWith(HEALTHY) ? 'mock' : UNRESOLVED.test(text) ? 'real' : text;
}

function directOutcome(text: string): string {
  return text === REAL ? 'real' : UNTRUSTED.test(text) ? 'refused' : text;
}

const INSTALLED = LANGUAGES.filter(({ isThere }) => isThere);

test.each(INSTALLED)('the clients of $name', async ({ command, rows }) => {
  const { url, folder } = REAL_CARRIER;
  const env = { ...UNSET, SSL_CERT_DIR: folder };
  const [proxied = NONE, direct = NONE] = await foundAt([HEALTH, url], command(), env);
  const outcomes = rows
    .filter(([client]) => proxied.has(client))
    .map(([client, , expected]) => {
      const [through, around] = [proxied.get(client) ?? '', direct.get(client) ?? ''];
      const outcome = [client, proxiedOutcome(through)];
      return expected === undefined ? outcome : [...outcome, directOutcome(around)];
    });
  expect(outcomes).toEqual(rows.filter(([client]) => proxied.has(client)));
  expect(outcomes.length).toBeGreaterThan(0);
});

const CAN_MOUNT = spawnSync('unshare', ['-m', 'true']).status === 0;
if (!CAN_MOUNT) console.warn('skipped: exec --hosts, because `unshare -m true` fails');

test.runIf(CAN_MOUNT).each(INSTALLED.filter(({ readsNoProxy = true }) => readsNoProxy))(
  'with --hosts, the clients of $name reach the mock although every variable is set',
  async ({ command, rows }) => {
    const env = { ...UNSET, ...companyVariables('/nonexistent.pem') };
    const [bodies = NONE] = await foundAt([HEALTH], command(), env, '--hosts');
    const clients = rows.map(([client]) => client).filter((client) => bodies.has(client));
    expect(clients.map((client) => [client, bodies.get(client)])).toEqual(
      clients.map((client) => [client, expect.stringContaining(HEALTHY)]),
    );
    expect(clients.length).toBeGreaterThan(0);
  },
);

const CALL = `curl -sS https://${NAME}/unisdk/rsapi/loginTokenValidate -d {}`;

test.runIf(CAN_MOUNT && isInstalled('curl'))(
  'of four clients, two that do not trust the mock fail the run',
  async () => {
    const { certificate } = REAL_CARRIER;
    const distrusting = `${CALL} --cacert ${certificate}`;
    const script = [CALL, CALL, distrusting, distrusting, 'true'].join('; ');
    const exec = ['exec', '--hosts', '--tls-name', NAME, '--tls-dir', TLS_FOLDER];
    const { status, stderr } = await runCommand([...exec, '--', 'sh', '-c', script], UNSET);
    expect(stderr).toContain('2 requests reached the carrier');
    expect(stderr).toContain('2× a client closed its connection, because it does not trust');
    expect(status).toBe(1);
  },
);

const reachesMock = ([, proxied]: ClientRow) => proxied === 'mock';

test.each(INSTALLED.filter(({ rows }) => rows.some(reachesMock)))(
  'the clients of $name reach the mock although every variable is set',
  async ({ command, rows, readsNoProxy = true, readsCertificates = true }) => {
    const { url, certificate } = REAL_CARRIER;
    // The CA that is set is still trusted.
    const urls = readsNoProxy && readsCertificates ? [HEALTH, url] : [HEALTH];
    // A folder of CAs would hide what is in the file.
    const env = { ...companyVariables(certificate), SSL_CERT_DIR: temporaryFolder() };
    const [proxied = NONE, direct] = await foundAt(urls, command(), env);
    const clients = rows
      .filter((row) => reachesMock(row) && proxied.has(row[0]))
      .map(([client]) => client);
    expect(clients.map((client) => [client, proxiedOutcome(proxied.get(client) ?? '')])).toEqual(
      clients.map((client) => [client, 'mock']),
    );
    expect(clients.length).toBeGreaterThan(0);
    if (direct === undefined) return;
    expect(clients.map((client) => [client, direct.get(client)])).toEqual(
      clients.map((client) => [client, REAL]),
    );
  },
);
