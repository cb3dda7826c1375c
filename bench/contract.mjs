/**
 * The duration of the contract kit, with contestants in turn: the consumer suite with one and several jobs, for a client
 * that starts fast and one that starts slowly, and the provider suite of one or several builds against a mock.
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
/** Simulates a program that loads and compiles much code at its start. */
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

/** The others are compared with the first contestant. The second is its control. */
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

const REPORT_CPU =
  'data:text/javascript,process.on("exit",()=>{const{user,system}=process.cpuUsage();process.stderr.write(String(user+system))})';

/** Returns the duration and the CPU time of the kit's process, in seconds. Rejects if the run fails. */
async function contract(main, args) {
  const startedAt = performance.now();
  const command = ['--import', REPORT_CPU, main, 'contract', ...args];
  const { stderr } = await promisify(execFile)(process.execPath, command, { maxBuffer: OUTPUT_BYTES_MAX });
  return { wall: (performance.now() - startedAt) / 1000, cpu: Number(stderr) / 1_000_000 };
}

/** All kits run against the first build's server, so that only the kits differ. */
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
