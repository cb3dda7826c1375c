/** The variables of the command: those that `exec` gives, and what it does with those that are set already. */
import { delimiter } from 'node:path';
import type { Environment } from '../../options/language.js';
import { commandError } from '../messages.js';
import { coversName, noProxyOf } from './bypass.js';
import { JAVA_VARIABLES, javaRows, type ProxyRow } from './java-options.js';
import type { OwnVariable } from './own-variables.js';
import { CA_VARIABLES } from './trusted.js';

export interface Given {
  /** The variables of the mock. One without a value is omitted. */
  readonly own: Readonly<Partial<Record<OwnVariable, string | undefined>>>;
  /** With `--proxy` or `--hosts`. */
  readonly route: Route | undefined;
}

/** How clients with a hard-coded address reach the mock. */
export interface Route {
  /** With `--hosts` alone, the names lead to the mock without a proxy. */
  readonly proxyUrl: string | undefined;
  /** The host names that lead to the mock. */
  readonly names: readonly string[];
  /** The address of the mock, which the command calls without the proxy. */
  readonly base: string;
  /** The path of the JVM's hosts file, if only that leads the names to the mock. */
  readonly jvmHostsFile: string | undefined;
  /** undefined with the user's own certificate. */
  readonly trust: TrustFiles | undefined;
}

/** The paths of files. */
export interface TrustFiles {
  /** The CA of the mock, with those that were trusted before. */
  readonly certificates: string;
  readonly trustStore: string;
  readonly phpFolder: string;
}

export interface CommandVariables {
  readonly variables: Readonly<Record<string, string>>;
  /** The names of those that are set already, and keep their values. */
  readonly left: readonly string[];
  /** The names of those that are set already, and lose a value that would lead requests past the mock. */
  readonly replaced: readonly string[];
}

/** Throws a UsageError for a value that no variable can have. */
export function commandVariables({ own, route }: Given, env: Environment): CommandVariables {
  const given = Object.entries(own).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  const ofRoute = route === undefined ? [] : routeRows(route, env);
  const left = given.filter(({ name, value }) => isSet(env[name]) && env[name] !== value);
  const rows = [...given.filter((row) => !left.includes(row)), ...ofRoute];
  const wrong = rows.find(({ value }) => value.includes('\0'));
  if (wrong !== undefined) throw commandError('exec.nul-character', { variable: wrong.name });
  return {
    variables: Object.fromEntries(rows.map(({ name, value }) => [name, value])),
    left: left.map(({ name }) => name),
    replaced: ofRoute.filter(({ isReplaced }) => isReplaced).map(({ name }) => name),
  };
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** Clients read different names. Ruby and Mono read only http_proxy, for HTTPS too. */
const PROXY_VARIABLES = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'ALL_PROXY',
  'all_proxy',
] as const;
/** Node 24: fetch and node:https read HTTPS_PROXY. */
const NODE_VARIABLE = 'NODE_USE_ENV_PROXY';
const BYPASS_VARIABLES = ['NO_PROXY', 'no_proxy'] as const;
/** PHP's curl reads no variable for the CA. */
const PHP_VARIABLE = 'PHP_INI_SCAN_DIR';

/** The variables for clients with a hard-coded address. */
export const ROUTE_VARIABLES = [
  ...PROXY_VARIABLES,
  NODE_VARIABLE,
  ...BYPASS_VARIABLES,
  ...CA_VARIABLES,
  PHP_VARIABLE,
  ...JAVA_VARIABLES,
] as const;

function routeRows(route: Route, env: Environment): readonly ProxyRow[] {
  const { proxyUrl, names, base, trust, jvmHostsFile } = route;
  const isProxied = proxyUrl !== undefined;
  const isCarriers = (entry: string) => isProxied && names.some((name) => coversName(entry, name));
  const bypassing = (name: string) => (env[name] ?? '').split(/[\s,]+/).filter(isSet);
  const mock = new URL(base).hostname.replace(/^\[(.*)\]$/, '$1');
  const set = BYPASS_VARIABLES.flatMap(bypassing).filter((entry) => !isCarriers(entry));
  // Another proxy would lead to the real carrier.
  const kept = [mock, ...set, ...(isProxied ? [] : names)];
  return [
    ...(isProxied ? proxyRows(proxyUrl, env) : []),
    ...BYPASS_VARIABLES.map((name) => ({
      name,
      value: noProxyOf(kept),
      isReplaced: bypassing(name).some(isCarriers),
    })),
    ...(trust === undefined ? [] : trustRows(trust, env)),
    ...javaRows({ proxyUrl, trustStore: trust?.trustStore, jvmHostsFile, kept, isCarriers }, env),
  ];
}

function proxyRows(url: string, env: Environment): readonly ProxyRow[] {
  return [
    ...PROXY_VARIABLES.map((name) => replacing(name, url, env)),
    replacing(NODE_VARIABLE, '1', env),
  ];
}

function replacing(name: string, value: string, env: Environment): ProxyRow {
  return { name, value, isReplaced: isSet(env[name]) && env[name] !== value };
}

function trustRows({ certificates, phpFolder }: TrustFiles, env: Environment): readonly ProxyRow[] {
  // An empty part is the folder that PHP was built with.
  const phpFolders = `${env[PHP_VARIABLE] ?? ''}${delimiter}${phpFolder}`;
  return [
    ...CA_VARIABLES.map((name) => ({ name, value: certificates })),
    { name: PHP_VARIABLE, value: phpFolders },
  ].map((row) => ({ ...row, isReplaced: false }));
}
