/** What `exec` gives to its command: the mock's addresses, an app's credentials, and files with keys and certificates. */
import { dirname, join } from 'node:path';
import keys from '../../../fixtures/keys/keys.json' with { type: 'json' };
import type { Bilingual } from '../../../src/text/bilingual.js';
import { listApps } from '../../carrier/apps/apps.js';
import type { AppSettings } from '../../carrier/engine/app-settings.js';
import { trustStore } from '../../control-api/trust-store.js';
import type { Environment } from '../../options/language.js';
import type { RunningServer } from '../../server/start-server.js';
import type { Folder } from './folder.js';
import { type HostsWay, hostsNotes, jvmHostsFile } from './hosts.js';
import { PASSWORD } from './java-options.js';
import type { OwnVariable } from './own-variables.js';
import { publicCertificates, trustedCertificates } from './trusted.js';
import type { Given, TrustFiles } from './variables.js';

export interface GivenInputs {
  readonly server: Pick<RunningServer, 'url' | 'proxyUrl' | 'caPem' | 'carrier'>;
  readonly controlToken: string | undefined;
  /** The names that the proxy accepts. */
  readonly names: readonly string[];
  /** With `--hosts`. */
  readonly hosts: HostsWay | undefined;
  readonly folder: Folder;
}

export interface GivenFiles extends Given {
  /** What --hosts cannot do, and the files of variables that are set and cannot be read. */
  readonly notes: readonly Bilingual[];
}

export async function givenBy(inputs: GivenInputs, env: Environment): Promise<GivenFiles> {
  const { server, controlToken, names, hosts, folder } = inputs;
  const { url, proxyUrl, caPem } = server;
  // There is no CA with the user's own certificate.
  const ca = caPem === undefined ? undefined : mockFiles(caPem, folder);
  const own: Record<OwnVariable, string | undefined> = {
    CMPASSPORT_BASE: url,
    CMPASSPORT_CONTROL_TOKEN: controlToken,
    ...(await credentials(server, folder)),
    CMPASSPORT_PROXY: proxyUrl,
    CMPASSPORT_CA_FILE: ca?.certificates,
    CMPASSPORT_TRUST_STORE: ca?.trustStore,
  };
  if (proxyUrl === undefined && hosts === undefined) return { own, route: undefined, notes: [] };
  const jvmHosts = hosts && jvmHostsFile(hosts, { folder, env });
  const route = { proxyUrl, names, base: url, jvmHostsFile: jvmHosts };
  const notes = hosts === undefined ? [] : hostsNotes(hosts);
  if (ca === undefined) return { own, route: { ...route, trust: undefined }, notes };
  const { certificates: set, problems } = trustedCertificates(env);
  // With --hosts the command reaches other hosts too, but by its name not the real carrier.
  const others = hosts === undefined ? set : [...new Set([...set, ...publicCertificates()])];
  const trust = trustFiles(ca, { others, hosts, folder });
  return { own, route: { ...route, trust }, notes: [...notes, ...problems] };
}

type MockFiles = ReturnType<typeof mockFiles>;

/** The mock's CA with the others. Java trusts the others only with `--hosts`. */
function trustFiles(
  { pem, certificates: mockFile, trustStore: mockStore }: MockFiles,
  {
    others,
    hosts,
    folder,
  }: { readonly others: readonly string[] } & Pick<GivenInputs, 'hosts' | 'folder'>,
): TrustFiles {
  const all = [...others, pem.trim()];
  const isAlone = others.length === 0;
  const certificates = isAlone ? mockFile : folder.write('certificates.pem', `${all.join('\n')}\n`);
  const store = hosts && folder.write('all.p12', trustStore(all, PASSWORD));
  const ini = `curl.cainfo="${certificates}"\nopenssl.cafile="${certificates}"\n`;
  const phpFolder = dirname(folder.write(join('php', 'ca.ini'), ini));
  return { certificates, trustStore: store ?? mockStore, phpFolder };
}

/** The certificate of the mock's CA alone. */
function mockFiles(pem: string, folder: Folder) {
  return {
    pem,
    certificates: folder.write('ca.pem', pem),
    trustStore: folder.write('truststore.p12', trustStore([pem], PASSWORD)),
  };
}

async function credentials({ carrier }: GivenInputs['server'], folder: Folder) {
  const { apps, platformPublicKey } = carrier.settings;
  const app = (await listApps(carrier)).find(
    ({ settings }) => settings.appId === apps[0]?.appId,
  )?.settings;
  const ofApp = (name: keyof AppSettings) => app && String(app[name]);
  // Only the demo app's private keys are known.
  const keyOf = (key: typeof keys.platform, owned: string | null | undefined) =>
    owned === key.publicKey ? key.privateKey : undefined;
  const signKey = keyOf(keys.demoAppSign, app?.appVerifyKey);
  const decryptKey = keyOf(keys.demoAppDecrypt, app?.appEncryptKey);
  const pemFile = (name: string, key: string | undefined, label = 'PRIVATE KEY') =>
    key === undefined ? undefined : folder.write(`${name}.pem`, pemOf(label, key));
  return {
    CMPASSPORT_APP_ID: ofApp('appId'),
    CMPASSPORT_APP_KEY: ofApp('appKey'),
    CMPASSPORT_APP_SECRET: ofApp('appSecret'),
    CMPASSPORT_APP_SIGN_KEY: signKey,
    CMPASSPORT_APP_DECRYPT_KEY: decryptKey,
    CMPASSPORT_PLATFORM_PUBLIC_KEY: platformPublicKey,
    CMPASSPORT_APP_SIGN_KEY_FILE: pemFile('app-sign-key', signKey),
    CMPASSPORT_APP_DECRYPT_KEY_FILE: pemFile('app-decrypt-key', decryptKey),
    CMPASSPORT_PLATFORM_PUBLIC_KEY_FILE: pemFile(
      'platform-public-key',
      platformPublicKey,
      'PUBLIC KEY',
    ),
  };
}

function pemOf(label: string, base64: string): string {
  return [
    `-----BEGIN ${label}-----`,
    ...(base64.match(/.{1,64}/g) ?? []),
    `-----END ${label}-----`,
    '',
  ].join('\n');
}
