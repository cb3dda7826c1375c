/** Finds missing requirements of the rows: pinned packages, programs, the built mock. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const PEERS_FOLDER = fileURLToPath(new URL('../', import.meta.url));
const INSTALL = 'npm ci --prefix bench/peers';

/** Requires from bench/peers/node_modules. */
export const load = createRequire(`${PEERS_FOLDER}package.json`);

/** The mock of this repository, and the msw of its tests for both rows. */
const FOLDERS = [
  { name: 'cmpassport-mock', folder: ROOT, install: 'npm run build', needs: `${ROOT}dist/main.js` },
  { name: 'msw', folder: `${ROOT}node_modules/msw/`, install: 'npm ci' },
];

const PROGRAMS = [
  { program: 'taskset', install: 'apt-get install util-linux' },
  { program: 'wrk', install: 'apt-get install wrk' },
  { program: 'java', install: 'apt-get install default-jre-headless, or leave WireMock out with --peer' },
];

function packageAt(name) {
  return (
    FOLDERS.find((row) => row.name === name) ?? { folder: `${PEERS_FOLDER}node_modules/${name}/`, install: INSTALL }
  );
}

function manifestOf(folder) {
  return existsSync(`${folder}package.json`) ? JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) : undefined;
}

export function versionOf(name) {
  return manifestOf(packageAt(name).folder)?.version;
}

/** Returns one line for each missing requirement, with the command that installs it. */
export function missing(rows) {
  const packages = [...new Set(rows.map((row) => row.package))].flatMap(missingPackage);
  const programs = ['taskset', ...new Set(rows.flatMap((row) => row.programs))].flatMap(missingProgram);
  return [...packages, ...programs];
}

function missingPackage(name) {
  const { folder, install, needs = folder } = packageAt(name);
  const version = versionOf(name);
  const wanted = manifestOf(PEERS_FOLDER).dependencies[name] ?? version;
  if (version === undefined || !existsSync(needs)) return [`${name} is not installed: ${install}`];
  return version === wanted ? [] : [`${name} must be ${wanted}, found ${version}: ${install}`];
}

function missingProgram(name) {
  const { install } = PROGRAMS.find(({ program }) => program === name);
  return spawnSync(name, ['--version']).error === undefined ? [] : [`${name} is not installed: ${install}`];
}
