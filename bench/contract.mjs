/**
 * How long the contract kit takes, in contestants that take turns. The consumer suite with one job and with several, for
 * a client that starts fast and one that starts slowly; the provider suite of one build or several against a mock.
 * `node bench/contract.mjs [--suite consumer|provider] [--rounds 3] [--jobs 2,4]
 * [--operation loginTokenValidate] [--mock dist/main.js,other/dist/main.js]`
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { MOCK } from './lib/contestants.mjs';
import { freePort, spawnServer, stopServer, untilAnswers } from './lib/processes.mjs';
import { median, rotated, table } from './lib/statistics.mjs';

const { values: flags } = parseArgs({
  options: {
    suite: { type: 'string', default: 'consumer' },
    rounds: { type: 'string', default: '3' },
    jobs: { type: 'string', default: '2,4' },
    operation: { type: 'string', default: 'loginTokenValidate' },
    mock: { type: 'string', default: MOCK },
  },
});
const CLIENT = fileURLToPath(new URL('../test/full/consumer/base-client.mjs', import.meta.url));
/** As a program that loads and compiles a lot before it does anything. */
const SLOW_START_MS = 500;
const SLOW_CLIENT = `const end = process.cpuUsage().user + ${SLOW_START_MS} * 1000;
while (process.cpuUsage().user < end);
await import(${JSON.stringify(CLIENT)});`;

const CLIENTS = {
  fast: ['node', CLIENT],
  'slow start': ['node', '--input-type=module', '-e', SLOW_CLIENT],
};

const SCENARIOS = ['--operation', flags.operation, '--handled-status', '3'];
const OUTPUT_BYTES_MAX = 64 * 1024 * 1024;
const MAINS = flags.mock.split(',');

/** The first is what the others are compared with; the second is its control. */
const SUITES = {
  consumer: Object.entries(CLIENTS).map(([client, command]) => ({
    title: `consumer, ${client}`,
    contestants: ['1', '1', ...flags.jobs.split(',')].map((jobs, at) => ({
      name: `${jobs} jobs${at === 1 ? ' again' : ''}`,
      run: () => contract(MAINS[0], ['consumer', '--jobs', jobs, ...SCENARIOS, '--', ...command]),
    })),
  })),
  provider: [
    {
      title: 'provider',
      contestants: [MAINS[0], ...MAINS].map((main, at) => ({
        name: `${main}${at === 1 ? ' again' : ''}`,
        run: () => withMock((url) => contract(main, ['provider', '--mock', url])),
      })),
    },
  ],
};

const SAYS_CPU =
  'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();process.stderr.write(String(user+system))})';

/** Seconds: how long it takes, and how much processor time of the kit's own process; a run that fails is no measurement. */
async function contract(main, args) {
  const startedAt = performance.now();
  const command = ['--import', SAYS_CPU, main, 'contract', ...args];
  const { stderr } = await promisify(execFile)(process.execPath, command, { maxBuffer: OUTPUT_BYTES_MAX });
  return { wall: (performance.now() - startedAt) / 1000, cpu: Number(stderr) / 1_000_000 };
}

/** The first build's server for all of them, so that only the kits differ. */
async function withMock(use) {
  const port = await freePort();
  const server = spawnServer([MAINS[0], '--port', `${port}`, '--log', 'error']);
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilAnswers(url);
    return await use(url);
  } finally {
    await stopServer(server);
  }
}

for (const { title, contestants } of SUITES[flags.suite]) {
  const seconds = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < Number(flags.rounds); round += 1)
    for (const { name, run } of rotated(contestants, round)) seconds.get(name).push(await run());
  const [first] = seconds.values();
  const figure = (measured, kind) => {
    const ratio = median(measured.map((one, round) => one[kind] / first[round][kind]));
    return `${ratio.toFixed(2)} (${median(measured.map((one) => one[kind])).toFixed(1)} s)`;
  };
  const rows = [...seconds].map(([name, measured]) => [name, figure(measured, 'wall'), figure(measured, 'cpu')]);
  console.log(`\n${title}\n\n${table(['', 'a run', "the kit's CPU"], rows)}`);
}
