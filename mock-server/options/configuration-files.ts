/** Reads the configuration file and the calibration. An error is one sentence with the file, the field and what was found. */

import { readFile as readText } from 'node:fs/promises';
import { fileError, readJson, UsageError } from '../../src/text/usage-error.js';
import type { Calibration } from '../carrier/engine/calibration.js';
import { type Configuration, type ConfigurationInput, withDefaults } from './settings.js';

export interface ConfigurationFiles {
  readonly config?: string | undefined;
  readonly calibration?: string | undefined;
  /** Whether the latency of the calibration is applied. */
  readonly calibrationLatency?: boolean | undefined;
}

/** Reads the files. Rejects with a UsageError if one cannot be read or is invalid. */
export async function loadConfiguration(files: ConfigurationFiles, host: string): Promise<Configuration> {
  const calibration = (await readFile('calibration', files.calibration)) as Calibration | undefined;
  const configured: ConfigurationInput = (await readFile('config', files.config)) ?? {};
  if (calibration !== undefined && configured.calibration !== undefined)
    throw new UsageError({
      en: `configuration ${files.config}: contains a calibration, and --calibration is set too: omit one of them`,
      zh: `配置文件 ${files.config}：已含 calibration，又指定了 --calibration：请去掉其中一个`,
    });
  const { settings, limits } = withDefaults({ ...configured, ...(calibration && { calibration }) }, host);
  return { limits, settings: { ...settings, appliesLatency: files.calibrationLatency === true } };
}

const FILES = {
  config: { name: { en: 'configuration', zh: '配置文件' }, problemIn: 'configurationProblem' },
  calibration: { name: { en: 'calibration', zh: '校准文件' }, problemIn: 'calibrationProblem' },
} as const;

async function readFile(kind: keyof typeof FILES, file: string | undefined): Promise<object | undefined> {
  if (file === undefined) return undefined;
  const { name, problemIn } = FILES[kind];
  // The schemas are large: a server without a file does not load them at start.
  const { [problemIn]: problemOf, refuse } = await import('./configuration.js');
  try {
    const value = readJson((await readText(file, 'utf8')).replace(/^\uFEFF/, ''));
    refuse(problemOf(value));
    return value as object;
  } catch (error) {
    throw fileError({ en: `${name.en} ${file}`, zh: `${name.zh} ${file}` }, error);
  }
}
