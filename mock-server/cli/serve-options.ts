/** The flags of `serve`, and the options that they and the environment variables of the same names set. */
import { type FlagTable, type FlagValues, variableOf } from '../../src/text/flags.js';
import { type Environment, languageOf } from '../options/language.js';
import { OPTION_ROWS, type Shell } from '../options/option-rows.js';
import { checkTogether, FLAG_NAMES, type Options, optionsOfFlags } from '../options/options.js';
import { controlToken, storePassword } from '../options/secrets.js';
import { commandError, withHelp } from './messages.js';

export const SERVE_ROWS = {
  ...OPTION_ROWS,
  withParent: {
    flag: 'with-parent',
    help: {
      en: 'stop when standard input ends, for a program that starts the mock and may be killed',
      zh: '标准输入结束时停止：供启动模拟服务的程序使用，它被强制结束时模拟服务也随之停止',
    },
  },
  json: {
    flag: 'json',
    help: { en: 'the same as --log-format json', zh: '等同于 --log-format json' },
  },
} as const satisfies FlagTable;

export interface ServeOptions extends Options {
  /** Whether the server stops when standard input ends. */
  readonly withParent: boolean;
}

export function toServeOptions(
  values: FlagValues,
  {
    arguments: [argument],
    env,
  }: { readonly arguments: readonly string[]; readonly env: Environment },
): ServeOptions {
  if (argument !== undefined) {
    throw withHelp(commandError('serve.argument', { found: argument }));
  }
  const format = values['json'] === true ? { 'log-format': 'json' } : {};
  return {
    ...toOptions({ ...values, ...format }, env),
    withParent: values['with-parent'] === true,
  };
}

/** The values of the variables of these flags. */
export function fromEnvironment(rows: FlagTable, env: Environment): FlagValues {
  return Object.fromEntries(
    Object.values(rows).flatMap(({ flag, value: name }) => {
      const value = name === undefined ? undefined : env[variableOf(flag)];
      return value === undefined || value === '' ? [] : [[flag, value]];
    }),
  );
}

/** Throws a UsageError that names the flag. */
export function toOptions(values: FlagValues, env: Environment): Options {
  const { storePasswordFile: file, controlTokenFile, ...read } = optionsOfFlags(values);
  const given = {
    ...read,
    store: read.store === 'memory' ? undefined : read.store,
    lang: languageOf(values['lang'], env),
    controlToken: controlToken(read.controlToken, controlTokenFile),
    shell: read.shell ?? defaultShell(env),
    // The proxy leads to HTTPS, so it starts HTTPS on a free port if no port is set.
    httpsPort: read.httpsPort ?? (read.proxyPort === undefined ? undefined : 0),
  };
  checkTogether(given, FLAG_NAMES);
  checkTls(values);
  const { store, storePassword: variable } = given;
  return { ...given, storePassword: storePassword({ store, variable, file }) };
}

/** Windows sets OS. The shells of MSYS2 and Git for Windows set MSYSTEM. */
function defaultShell({ OS, MSYSTEM }: Environment): Shell {
  return OS === 'Windows_NT' && MSYSTEM === undefined ? 'powershell' : 'bash';
}

function checkTls(values: FlagValues): void {
  if ((values['tls-cert'] === undefined) !== (values['tls-key'] === undefined)) {
    throw commandError('tls.certificate-or-key');
  }
  if (values['https-port'] !== undefined || values['proxy-port'] !== undefined) return;
  const idle = ['tls-cert', 'tls-key', 'tls-name'].find((flag) => values[flag] !== undefined);
  if (idle !== undefined) throw commandError('tls.no-effect', { option: `--${idle}` });
}
