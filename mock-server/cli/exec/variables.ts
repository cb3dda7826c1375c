/** The environment variables that `exec` gives to its command, and the files that they name. */
import { delimiter, dirname, join } from 'node:path';
import keys from '../../../fixtures/keys/keys.json' with { type: 'json' };
import { UsageError } from '../../../src/text/usage-error.js';
import { listApps } from '../../carrier/apps/apps.js';
import type { AppSettings } from '../../carrier/engine/app-settings.js';
import { trustStore } from '../../control-api/trust-store.js';
import type { Environment } from '../../options/language.js';
import type { RunningServer } from '../../server/start-server.js';
import type { Folder } from './folder.js';

export interface VariableInputs {
  readonly server: Pick<RunningServer, 'url' | 'proxyUrl' | 'caPem' | 'carrier'>;
  readonly controlToken: string | undefined;
  /** Whether the command uses the proxy. */
  readonly folder: Folder;
}

const PASSWORD = 'changeit';

/** The names with one value: if one of them is set, all keep their values. */
interface Row {
  readonly names: readonly string[];
  readonly value: string | undefined;
}

/** In the order of docs/configuration.md. A row without a value is omitted. */
async function rowsOf({ server, controlToken, folder }: VariableInputs): Promise<readonly Row[]> {
  const { url, proxyUrl, caPem, carrier } = server;
  const { apps, platformPublicKey } = carrier.settings;
  const app = (await listApps(carrier)).find(({ settings }) => settings.appId === apps[0]?.appId)?.settings;
  const file = (name: string, content: string | Uint8Array | undefined) => {
    return content === undefined ? undefined : folder.write(name, content);
  };
  const ca = file('ca.pem', caPem);
  const store = file('truststore.p12', caPem === undefined ? undefined : trustStore(caPem, PASSWORD));
  const ofApp = (name: keyof AppSettings) => app && String(app[name]);
  // Only the demo app's private keys are known.
  const keyOf = (key: typeof keys.platform, owned: string | null | undefined) =>
    owned === key.publicKey ? key.privateKey : undefined;
  const signKey = keyOf(keys.demoAppSign, app?.appVerifyKey);
  const decryptKey = keyOf(keys.demoAppDecrypt, app?.appEncryptKey);
  const privatePem = (key: string | undefined) => key && pem('PRIVATE KEY', key);
  const own: readonly (readonly [name: string, value: string | undefined])[] = [
    ['CMPASSPORT_BASE', url],
    ['CMPASSPORT_CONTROL_TOKEN', controlToken],
    ['CMPASSPORT_APP_ID', ofApp('appId')],
    ['CMPASSPORT_APP_KEY', ofApp('appKey')],
    ['CMPASSPORT_APP_SECRET', ofApp('appSecret')],
    ['CMPASSPORT_APP_SIGN_KEY', signKey],
    ['CMPASSPORT_APP_DECRYPT_KEY', decryptKey],
    ['CMPASSPORT_PLATFORM_PUBLIC_KEY', platformPublicKey],
    ['CMPASSPORT_APP_SIGN_KEY_FILE', file('app-sign-key.pem', privatePem(signKey))],
    ['CMPASSPORT_APP_DECRYPT_KEY_FILE', file('app-decrypt-key.pem', privatePem(decryptKey))],
    ['CMPASSPORT_PLATFORM_PUBLIC_KEY_FILE', file('platform-public-key.pem', pem('PUBLIC KEY', platformPublicKey))],
    ['CMPASSPORT_PROXY', proxyUrl],
    ['CMPASSPORT_CA_FILE', ca],
    ['CMPASSPORT_TRUST_STORE', store],
  ];
  const ofProxy = proxyUrl === undefined ? [] : proxyRows(proxyUrl, { folder, ca, store });
  return [...own.map(([name, value]) => ({ names: [name], value })), ...ofProxy];
}

interface ProxyInputs {
  readonly folder: Folder;
  /** undefined with the user's own certificate. */
  readonly ca: string | undefined;
  readonly store: string | undefined;
}

function proxyRows(proxyUrl: string, { folder, ca, store }: ProxyInputs): readonly Row[] {
  // PHP's curl reads no variable for the CA.
  const ini = `curl.cainfo="${ca}"\nopenssl.cafile="${ca}"\n`;
  const phpFolder = ca && dirname(folder.write(join('php', 'ca.ini'), ini));
  const { hostname, port } = new URL(proxyUrl);
  const trusted = store && [`-Djavax.net.ssl.trustStore=${store}`, `-Djavax.net.ssl.trustStorePassword=${PASSWORD}`];
  const java = [`-Dhttps.proxyHost=${hostname}`, `-Dhttps.proxyPort=${port}`, ...(trusted ?? [])];
  return [
    { names: ['HTTPS_PROXY', 'https_proxy'], value: proxyUrl },
    { names: ['NO_PROXY', 'no_proxy'], value: '127.0.0.1,localhost' },
    // Node 24: fetch and node:https read HTTPS_PROXY.
    { names: ['NODE_USE_ENV_PROXY'], value: '1' },
    ...['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'].map((name) => ({
      names: [name],
      value: ca,
    })),
    // In addition to the folder that PHP was built with.
    { names: ['PHP_INI_SCAN_DIR'], value: phpFolder && `${delimiter}${phpFolder}` },
    // The JVM splits the text at spaces that are not in quotes.
    { names: ['JAVA_TOOL_OPTIONS'], value: java.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' ') },
  ];
}

function pem(label: string, base64: string): string {
  return [`-----BEGIN ${label}-----`, ...(base64.match(/.{1,64}/g) ?? []), `-----END ${label}-----`, ''].join('\n');
}

export interface GivenVariables {
  readonly variables: Readonly<Record<string, string>>;
  /** The names of those that are set already, to other values. */
  readonly left: readonly string[];
}

/** Overrides no variable that is set. Throws a UsageError for a value that no variable can have. */
export async function givenVariables(inputs: VariableInputs, env: Environment): Promise<GivenVariables> {
  const isSet = (name: string) => (env[name] ?? '') !== '';
  const rows = (await rowsOf(inputs)).filter(({ value }) => value !== undefined);
  for (const { names, value = '' } of rows) if (value.includes('\0')) throw nulIn(names.join(', '));
  return {
    variables: Object.fromEntries(
      rows.flatMap(({ names, value = '' }) => (names.some(isSet) ? [] : names.map((name) => [name, value]))),
    ),
    left: rows.flatMap(({ names, value }) => names.filter((name) => isSet(name) && env[name] !== value)),
  };
}

function nulIn(name: string): UsageError {
  return new UsageError({
    en: `no variable can have a NUL character, found one in the value for ${name}: remove it from the configuration`,
    zh: `环境变量的值不能有 NUL 字符，${name} 的值里有：请在配置里去掉`,
  });
}
