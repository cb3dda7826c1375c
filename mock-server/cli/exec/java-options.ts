/** The variables with options of the JVM: those that are set, then the proxy and the trust store of the mock. */
import type { Environment } from '../../options/language.js';
import { nonProxyHostsOf } from './bypass.js';

/** The password of the trust store, which is Java's default. */
export const PASSWORD = 'changeit';

/** A variable for clients that use the proxy. */
export interface ProxyRow {
  readonly name: string;
  readonly value: string;
  /** Whether a value that is set would lead requests past the mock, or distrust it. */
  readonly isReplaced: boolean;
}

export interface JavaInputs {
  /** undefined without a proxy. */
  readonly proxyUrl: string | undefined;
  /** undefined with the user's own certificate. */
  readonly trustStore: string | undefined;
  /** The path of a hosts file, for Java 9 and newer; undefined for the system's. */
  readonly jvmHostsFile: string | undefined;
  /** The entries of NO_PROXY. */
  readonly kept: readonly string[];
  readonly isCarriers: (entry: string) => boolean;
}

type Properties = readonly (readonly [name: string, value: string])[];

/** The JVM reads them in this order, and the last value of a property counts. */
export const JAVA_VARIABLES = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS'] as const;
const NON_PROXY_HOSTS = 'http.nonProxyHosts';

/** The first variable, and those of the others that are set. */
export function javaRows(inputs: JavaInputs, env: Environment): readonly ProxyRow[] {
  const { proxyUrl, trustStore, jvmHostsFile, kept, isCarriers } = inputs;
  const set = JAVA_VARIABLES.map((name) => {
    const text = env[name] ?? '';
    return { name, text, properties: propertiesIn(text) };
  });
  const entries = set
    .flatMap(({ properties }) => bypassing(properties))
    .filter((entry) => !isCarriers(entry));
  const fixed: Properties = [
    ...(proxyUrl === undefined ? [] : proxyProperties(proxyUrl)),
    ...(trustStore === undefined ? [] : trustProperties(trustStore)),
    ...(jvmHostsFile === undefined ? [] : [['jdk.net.hosts.file', jvmHostsFile] as const]),
  ];
  const ours = optionsText([...fixed, [NON_PROXY_HOSTS, nonProxyHostsOf(kept, entries)]]);
  return set
    .filter(({ name, text }) => name === 'JAVA_TOOL_OPTIONS' || text !== '')
    .map(({ name, text, properties }) => ({
      name,
      value: text === '' ? ours : `${text} ${ours}`,
      isReplaced: contradicts(properties, fixed) || bypassing(properties).some(isCarriers),
    }));
}

function proxyProperties(url: string): Properties {
  const { hostname, port } = new URL(url);
  return ['http', 'https'].flatMap((scheme) => [
    [`${scheme}.proxyHost`, hostname] as const,
    [`${scheme}.proxyPort`, port || '80'] as const,
  ]);
}

function trustProperties(file: string): Properties {
  return [
    ['javax.net.ssl.trustStore', file],
    ['javax.net.ssl.trustStorePassword', PASSWORD],
    // The type that is set may be that of another store.
    ['javax.net.ssl.trustStoreType', 'PKCS12'],
  ];
}

function contradicts(properties: Properties, ours: Properties): boolean {
  const values = new Map(ours);
  return properties.some(([name, value]) => values.has(name) && values.get(name) !== value);
}

function bypassing(properties: Properties): readonly string[] {
  return properties.flatMap(([name, value]) => (name === NON_PROXY_HOSTS ? value.split('|') : []));
}

/** The JVM splits the text at blanks that are not in quotes. */
function propertiesIn(text: string): Properties {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.flatMap((word) => {
    const [, name = '', value = ''] = /^-D([^=]+)=(.*)$/s.exec(word.replace(/["']/g, '')) ?? [];
    return name === '' ? [] : [[name, value] as const];
  });
}

function optionsText(properties: Properties): string {
  const words = properties.map(([name, value]) => `-D${name}=${value}`);
  return words.map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(' ');
}
