/** Checks the content of a configuration file. An error is one sentence with the field and what was found. */

import { isRsaKey, notAKey, readPrivateKey } from '../../src/protocol/rsa-keys.js';
import { bilingual } from '../../src/text/bilingual.js';
import { UsageError } from '../../src/text/usage-error.js';
import { type ConfiguredTeam, publicKeyProblem } from '../carrier/engine/app-settings.js';
import { type Calibration, observedReadings } from '../carrier/engine/calibration.js';
import { parseScript } from '../carrier/outcomes/script.js';
import { type SchemaProblem, schemaProblem, valueProblem } from '../schemas/schema-problem.js';
import { VALIDATORS } from '../schemas/validators.js';
import {
  type Configuration,
  type ConfigurationInput,
  outcomesOf,
  withDefaults,
} from './settings.js';

/** Checks a configuration and fills in the defaults. Throws a UsageError that names the field. */
export function toConfiguration(value: unknown, host: string): Configuration {
  refuse(configurationProblem(value));
  return withDefaults(value as ConfigurationInput, host);
}

/** The first mistake in the content of a configuration file. */
export function configurationProblem(value: unknown): SchemaProblem | undefined {
  return (
    schemaProblem(VALIDATORS.configuration, value) ?? contentProblem(value as ConfigurationInput)
  );
}

/** What the schema cannot check. */
function contentProblem(input: ConfigurationInput): SchemaProblem | undefined {
  return (
    keyProblem(input) ?? outcomesProblem(input) ?? calibrationIn(input) ?? platformKeyProblem(input)
  );
}

/** Throws a UsageError. */
export function refuse(problem: SchemaProblem | undefined): void {
  if (problem === undefined) return;
  const { id, pointer, detail } = problem;
  throw new UsageError(
    bilingual((language) => `${pointer} ${detail[language]}`.trim()),
    id,
  );
}

function calibrationIn({ calibration }: ConfigurationInput): SchemaProblem | undefined {
  const problem = calibration && calibrationProblem(calibration);
  return problem && { ...problem, pointer: `/calibration${problem.pointer}` };
}

/** The first mistake in a calibration. */
export function calibrationProblem(value: unknown): SchemaProblem | undefined {
  const problem = schemaProblem(VALIDATORS.calibration, value);
  if (problem !== undefined) return problem;
  const ofOption = schemaProblem(VALIDATORS.configuration, {
    readings: observedReadings(value as Calibration),
  });
  return ofOption && { ...ofOption, pointer: `${ofOption.pointer}/option` };
}

function outcomesProblem({ subscribers = [] }: ConfigurationInput): SchemaProblem | undefined {
  for (const [at, subscriber] of subscribers.entries()) {
    for (const [operation, text] of outcomesOf(subscriber)) {
      const steps = parseScript(operation, text);
      if (!('problem' in steps)) continue;
      const pointer = `/subscribers/${at}/outcomes/${operation}`;
      return valueProblem(pointer, 'value.script', { mistake: steps.problem });
    }
  }
  return undefined;
}

function platformKeyProblem({ platformKey }: ConfigurationInput): SchemaProblem | undefined {
  const key = platformKey === undefined ? undefined : readPrivateKey(platformKey);
  if (key === undefined || isRsaKey(key)) return undefined;
  return valueProblem('/platformKey', 'value.key', { mistake: notAKey(key) });
}

/** Whether keys are RSA keys, and whether ids and numbers are unique. */
function keyProblem({
  apps = [],
  teams = [],
  subscribers = [],
}: ConfigurationInput): SchemaProblem | undefined {
  for (const [at, app] of apps.entries()) {
    for (const field of ['appVerifyKey', 'appEncryptKey'] as const) {
      const key = app[field];
      const mistake = typeof key === 'string' ? publicKeyProblem(key) : undefined;
      if (mistake !== undefined)
        return valueProblem(`/apps/${at}/${field}`, 'value.key', { mistake });
    }
  }
  const ids = apps.map(({ appId }) => appId);
  const numbers = subscribers.map(({ phoneNumber }) => phoneNumber);
  const names = teams.map(({ name }) => name);
  return (
    duplicateIn('apps', 'appId', ids) ??
    duplicateIn('subscribers', 'phoneNumber', numbers) ??
    duplicateIn('teams', 'name', names) ??
    sharedTokenIn(teams)
  );
}

function sharedTokenIn(teams: readonly ConfiguredTeam[]): SchemaProblem | undefined {
  const tokens = teams.map(({ controlToken }) => controlToken);
  const at = tokens.findIndex((token, place) => tokens.indexOf(token) < place);
  if (at === -1) return undefined;
  const other = `/teams/${tokens.indexOf(tokens[at] ?? '')}`;
  return valueProblem(`/teams/${at}/controlToken`, 'value.shared-token', { other });
}

function duplicateIn(
  list: string,
  field: string,
  values: readonly string[],
): SchemaProblem | undefined {
  const seen = new Set<string>();
  const at = values.findIndex((value) => seen.size === seen.add(value).size);
  if (at === -1) return undefined;
  return valueProblem(`/${list}/${at}/${field}`, 'value.duplicate', { found: values[at] });
}
