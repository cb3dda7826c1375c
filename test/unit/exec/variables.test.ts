/** The variables of the command: what `exec` gives, and what it does with those that are set already. */
import { describe, expect, test } from 'vitest';
import { coversName, nonProxyHostsOf, noProxyOf } from '../../../mock-server/cli/exec/bypass.js';
import { commandVariables, type Route } from '../../../mock-server/cli/exec/variables.js';
import { refusalOf } from '../../support/bilingual.js';

type Environment = Readonly<Record<string, string>>;

const PROXY_URL = 'http://127.0.0.1:10087';
const PROXY: Route = {
  proxyUrl: PROXY_URL,
  names: ['www.cmpassport.com', 'onekey2.cmpassport.com'],
  base: 'http://127.0.0.1:10086',
  jvmHostsFile: undefined,
  trust: { certificates: '/f/all.pem', trustStore: '/f/store.p12', phpFolder: '/f/php' },
};
const withProxy = (env: Environment, proxy: Partial<Route> = {}) =>
  commandVariables({ own: {}, route: { ...PROXY, ...proxy } }, env);

const JAVA_PROXY =
  '-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=10087 -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=10087';
const JAVA_TRUST =
  '-Djavax.net.ssl.trustStore=/f/store.p12 -Djavax.net.ssl.trustStorePassword=changeit -Djavax.net.ssl.trustStoreType=PKCS12';
const JAVA = `${JAVA_PROXY} ${JAVA_TRUST} -Dhttp.nonProxyHosts=127.*|localhost|[::1]`;

describe('the variables of the mock', () => {
  const own = {
    CMPASSPORT_BASE: 'http://127.0.0.1:1',
    CMPASSPORT_APP_ID: '300000000001',
    CMPASSPORT_CONTROL_TOKEN: undefined,
  };

  test('are given without those that have no value', () => {
    expect(commandVariables({ own, route: undefined }, {})).toEqual({
      variables: { CMPASSPORT_BASE: 'http://127.0.0.1:1', CMPASSPORT_APP_ID: '300000000001' },
      left: [],
      replaced: [],
    });
  });

  test('keep a value that is set, and are named if it is another one', () => {
    const env = { CMPASSPORT_BASE: 'http://mock.test', CMPASSPORT_APP_ID: '300000000001' };
    expect(commandVariables({ own, route: undefined }, env)).toEqual({
      variables: { CMPASSPORT_APP_ID: '300000000001' },
      left: ['CMPASSPORT_BASE'],
      replaced: [],
    });
  });

  test('replace one that is set to nothing', () => {
    const { variables, left } = commandVariables(
      { own, route: undefined },
      { CMPASSPORT_BASE: '' },
    );
    expect({ base: variables['CMPASSPORT_BASE'], left }).toEqual({
      base: 'http://127.0.0.1:1',
      left: [],
    });
  });

  test('have no NUL', async () => {
    const given = { own: { CMPASSPORT_APP_KEY: 'a\0b' }, route: undefined };
    expect(await refusalOf(() => commandVariables(given, {}))).toBe(
      'no variable can have a NUL character, found one in the value for CMPASSPORT_APP_KEY: remove it from the configuration',
    );
  });
});

describe('the variables of the proxy', () => {
  test('lead every client to the mock', () => {
    const url = PROXY_URL;
    expect(withProxy({})).toEqual({
      variables: {
        ...{
          HTTPS_PROXY: url,
          https_proxy: url,
          HTTP_PROXY: url,
          http_proxy: url,
          ALL_PROXY: url,
          all_proxy: url,
        },
        ...{ NO_PROXY: '127.0.0.1,localhost,::1', no_proxy: '127.0.0.1,localhost,::1' },
        NODE_USE_ENV_PROXY: '1',
        ...{ SSL_CERT_FILE: '/f/all.pem', NODE_EXTRA_CA_CERTS: '/f/all.pem' },
        ...{ REQUESTS_CA_BUNDLE: '/f/all.pem', CURL_CA_BUNDLE: '/f/all.pem' },
        PHP_INI_SCAN_DIR: ':/f/php',
        JAVA_TOOL_OPTIONS: JAVA,
      },
      left: [],
      replaced: [],
    });
  });

  test('have nothing about trust with the user’s own certificate', () => {
    const { variables } = withProxy({}, { trust: undefined });
    expect(Object.keys(variables).filter((name) => /CERT|CA_|PHP/.test(name))).toEqual([]);
    expect(variables['JAVA_TOOL_OPTIONS']).toBe(
      `${JAVA_PROXY} -Dhttp.nonProxyHosts=127.*|localhost|[::1]`,
    );
  });

  const proxies = [
    'HTTPS_PROXY',
    'https_proxy',
    'HTTP_PROXY',
    'http_proxy',
    'ALL_PROXY',
    'all_proxy',
  ];
  test.each(proxies)('replace %s, and name it', (name) => {
    const { variables, replaced } = withProxy({ [name]: 'http://proxy.example:3128' });
    expect({ value: variables[name], replaced }).toEqual({ value: PROXY_URL, replaced: [name] });
  });

  test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'])(
    'replace %s without a word, because the new file has its certificates',
    (name) => {
      const { variables, replaced } = withProxy({ [name]: '/etc/company.pem' });
      expect({ value: variables[name], replaced }).toEqual({ value: '/f/all.pem', replaced: [] });
    },
  );

  test('replace NODE_USE_ENV_PROXY, and leave NODE_OPTIONS', () => {
    const { variables, replaced } = withProxy({
      NODE_USE_ENV_PROXY: '0',
      NODE_OPTIONS: '--no-warnings',
    });
    expect(variables['NODE_USE_ENV_PROXY']).toBe('1');
    expect(variables).not.toHaveProperty('NODE_OPTIONS');
    expect(replaced).toEqual(['NODE_USE_ENV_PROXY']);
  });

  test('add the folder for PHP to those that are set', () => {
    expect(withProxy({ PHP_INI_SCAN_DIR: '/etc/php' }).variables['PHP_INI_SCAN_DIR']).toBe(
      '/etc/php:/f/php',
    );
  });
});

describe('NO_PROXY', () => {
  test('keeps the hosts of both spellings, and the mock’s own', () => {
    const { variables, replaced } = withProxy({
      NO_PROXY: 'localhost, .corp.example',
      no_proxy: '10.0.0.0/8',
    });
    const expected = '127.0.0.1,localhost,::1,.corp.example,10.0.0.0/8';
    expect(variables).toMatchObject({ NO_PROXY: expected, no_proxy: expected });
    expect(replaced).toEqual([]);
  });

  test.each([
    { base: 'http://10.0.0.7:10086', noProxy: '10.0.0.7', java: '10.0.0.7|*.10.0.0.7' },
    { base: 'http://[fd00::1]:10086', noProxy: 'fd00::1', java: '[fd00::1]' },
  ])('has the mock at $base', ({ base, noProxy, java }) => {
    const { variables } = withProxy({}, { base });
    expect(variables['NO_PROXY']).toBe(`127.0.0.1,localhost,::1,${noProxy}`);
    expect(variables['JAVA_TOOL_OPTIONS']).toMatch(
      new RegExp(` \\S+${java.replace(/[.|*[\]]/g, '\\$&')}$`),
    );
  });

  test('loses an entry for the carrier, and is named', () => {
    const { variables, replaced } = withProxy({
      NO_PROXY: '.example',
      no_proxy: 'db.example,.com',
    });
    expect(variables['no_proxy']).toBe('127.0.0.1,localhost,::1,.example,db.example');
    expect(replaced).toEqual(['no_proxy']);
  });

  test.each([
    ...[
      '*',
      '.',
      'com',
      '.com',
      '*.com',
      'cmpassport.com',
      '.cmpassport.com',
      '*.CMPASSPORT.com',
      'passport.com',
    ],
    ...[
      'www.cmpassport.com',
      'www.cmpassport.com.',
      'www.cmpassport.com:443',
      'www.*',
      '*cmpassport*',
      '0.0.0.0/0',
    ],
  ])('%s covers the carrier', (entry) => {
    expect(coversName(entry, 'www.cmpassport.com')).toBe(true);
  });

  test.each([
    'example.com',
    '.cmpassport.com.cn',
    'wwwXcmpassport.com',
    'localhost',
    '10.0.0.0/8',
    '[::1]:443',
    'a(b',
  ])('%s does not', (entry) => {
    expect(coversName(entry, 'www.cmpassport.com')).toBe(false);
  });

  test('a name of one label below --tls-name *.example is covered', () => {
    expect(coversName('a.example', '*.example')).toBe(true);
    expect(coversName('a.example.test', '*.example')).toBe(false);
  });

  test('has each entry once', () => {
    expect(noProxyOf(['localhost', 'a.example', 'a.example'])).toBe(
      '127.0.0.1,localhost,::1,a.example',
    );
  });

  test('is translated for Java, which has no ranges', () => {
    const entries = [
      'localhost',
      '.corp.example',
      'db.example:5432',
      '[fd00::1]:80',
      '10.0.0.0/8',
      'a"b',
    ];
    expect(nonProxyHostsOf(entries, ['*.lan', 'x y'])).toBe(
      '127.*|localhost|[::1]|*.lan|corp.example|*.corp.example|db.example|*.db.example|[fd00::1]',
    );
  });
});

describe('the options of Java', () => {
  test('keep what is set, and come after it', () => {
    const { variables, replaced } = withProxy({
      JAVA_TOOL_OPTIONS: '-Dfile.encoding=UTF-8 -Xmx1g',
    });
    expect(variables['JAVA_TOOL_OPTIONS']).toBe(`-Dfile.encoding=UTF-8 -Xmx1g ${JAVA}`);
    expect(replaced).toEqual([]);
  });

  test.each([
    '-Dhttps.proxyHost=proxy.example',
    '-Dhttp.proxyPort=3128',
    '-Djavax.net.ssl.trustStore=/etc/company.jks',
    '-Djavax.net.ssl.trustStoreType=JKS',
    '"-Djavax.net.ssl.trustStore=/my certificates/company.jks"',
    '-Dhttp.nonProxyHosts=*.lan|*.cmpassport.com',
  ])('%s is named', (option) => {
    expect(withProxy({ JAVA_TOOL_OPTIONS: `-Xmx1g ${option}` }).replaced).toEqual([
      'JAVA_TOOL_OPTIONS',
    ]);
  });

  test('keep the hosts that bypass the proxy, except the carrier', () => {
    const env = {
      JAVA_TOOL_OPTIONS: "'-Dhttp.nonProxyHosts=*.lan|*.cmpassport.com'",
      NO_PROXY: 'db.example',
    };
    expect(withProxy(env).variables['JAVA_TOOL_OPTIONS']).toMatch(
      / -Dhttp\.nonProxyHosts=127\.\*\|localhost\|\[::1\]\|\*\.lan\|db\.example\|\*\.db\.example$/,
    );
  });

  test('are also in the variables that have precedence, if these are set', () => {
    const { variables, replaced } = withProxy({
      _JAVA_OPTIONS: '-Dhttps.proxyPort=3128',
      JDK_JAVA_OPTIONS: '-Xmx1g',
    });
    expect(variables).toMatchObject({
      JAVA_TOOL_OPTIONS: JAVA,
      JDK_JAVA_OPTIONS: `-Xmx1g ${JAVA}`,
      _JAVA_OPTIONS: `-Dhttps.proxyPort=3128 ${JAVA}`,
    });
    expect(replaced).toEqual(['_JAVA_OPTIONS']);
  });

  test('quote a path with a blank', () => {
    const trust = {
      certificates: '/f/all.pem',
      trustStore: '/my files/store.p12',
      phpFolder: '/f/php',
    };
    expect(withProxy({}, { trust }).variables['JAVA_TOOL_OPTIONS']).toContain(
      ' "-Djavax.net.ssl.trustStore=/my files/store.p12" ',
    );
  });
});

describe('the variables of --hosts without a proxy', () => {
  const withHosts = (env: Environment, route: Partial<Route> = {}) =>
    withProxy(env, { proxyUrl: undefined, ...route });
  const CARRIER = 'www.cmpassport.com,onekey2.cmpassport.com';
  const JAVA_CARRIER = CARRIER.split(',')
    .flatMap((name) => [name, `*.${name}`])
    .join('|');

  test('lead around the proxies that are set, and add trust', () => {
    const env = { HTTPS_PROXY: 'http://proxy.example:3128', no_proxy: '.corp.example,*.com' };
    const around = `127.0.0.1,localhost,::1,.corp.example,*.com,${CARRIER}`;
    expect(withHosts(env)).toEqual({
      variables: {
        ...{ NO_PROXY: around, no_proxy: around },
        ...{ SSL_CERT_FILE: '/f/all.pem', NODE_EXTRA_CA_CERTS: '/f/all.pem' },
        ...{ REQUESTS_CA_BUNDLE: '/f/all.pem', CURL_CA_BUNDLE: '/f/all.pem' },
        PHP_INI_SCAN_DIR: ':/f/php',
        JAVA_TOOL_OPTIONS: `${JAVA_TRUST} -Dhttp.nonProxyHosts=127.*|localhost|[::1]|corp.example|*.corp.example|com|*.com|${JAVA_CARRIER}`,
      },
      left: [],
      replaced: [],
    });
  });

  test('have a hosts file for the JVM, after the options that are set', () => {
    const env = { JAVA_TOOL_OPTIONS: '-Xmx1g' };
    expect(withHosts(env, { jvmHostsFile: '/f/hosts' }).variables['JAVA_TOOL_OPTIONS']).toBe(
      `-Xmx1g ${JAVA_TRUST} -Djdk.net.hosts.file=/f/hosts -Dhttp.nonProxyHosts=127.*|localhost|[::1]|${JAVA_CARRIER}`,
    );
  });
});
