/** Reads the configuration file and the calibration. An error is one sentence with the file, the field and what was found. */

// Its promises are loaded when they are used, other than node:fs/promises.
import { constants, promises as fs } from 'node:fs';
import { DEFAULT_READINGS, STRICTEST_READINGS } from '../../src/protocol/readings.js';
import { fileError, readJson } from '../../src/text/usage-error.js';
import type { Calibration } from '../carrier/engine/calibration.js';
import { optionError } from './messages.js';
import { type Configuration, type ConfigurationInput, withDefaults } from './settings.js';

export interface ConfigurationFiles {
  readonly config?: string | undefined;
  readonly calibration?: string | undefined;
  /** Whether the readings that nothing sets have their strictest options. */
  readonly strict?: boolean | undefined;
}

/** Reads the text of a file. */
type Read = (file: string) => Promise<string>;

/** At the start, any file is read, so a pipe works. */
const readAny: Read = (file) => fs.readFile(file, 'utf8');

/** Later, a pipe is refused: without a writer it would be read for ever. */
export const readRegular: Read = async (file) => {
  // Without O_NONBLOCK, opening a pipe waits for its writer, and the process cannot end meanwhile.
  const handle = await fs.open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw optionError('configuration.not-a-regular-file');
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
};

/** Reads the files. Rejects with a UsageError if one cannot be read or is invalid. */
export async function loadConfiguration(
  files: ConfigurationFiles,
  host: string,
  read: Read = readAny,
): Promise<Configuration> {
  const calibration = (await readFile('calibration', files.calibration, read)) as
    | Calibration
    | undefined;
  const configured: ConfigurationInput = (await readFile('config', files.config, read)) ?? {};
  if (calibration !== undefined && configured.calibration !== undefined) {
    throw optionError('configuration.two-calibrations', { file: files.config ?? '' });
  }
  const readings = files.strict === true ? STRICTEST_READINGS : DEFAULT_READINGS;
  return withDefaults({ ...configured, ...(calibration && { calibration }) }, host, readings);
}

const FILES = {
  config: { name: { en: 'configuration', zh: '配置文件' }, problemIn: 'configurationProblem' },
  calibration: { name: { en: 'calibration', zh: '校准文件' }, problemIn: 'calibrationProblem' },
} as const;

async function readFile(
  kind: keyof typeof FILES,
  file: string | undefined,
  read: Read,
): Promise<object | undefined> {
  if (file === undefined) return undefined;
  const { name, problemIn } = FILES[kind];
  // The schemas are large: a server without a file does not load them at start.
  const { [problemIn]: problemOf, refuse } = await import('./configuration.js');
  try {
    const value = readJson((await read(file)).replace(/^\uFEFF/, ''));
    refuse(problemOf(value));
    return value as object;
  } catch (error) {
    throw fileError({ en: `${name.en} ${file}`, zh: `${name.zh} ${file}` }, error);
  }
}
