/** `contract consumer`: a team's own client, by what it sends and by how it lives with the carrier's answers. */
import { countResults, runConsumer } from '../consumer/run-consumer.js';
import { makeFolder, type Saving } from '../consumer/save.js';
import { controlOver } from '../provider/control.js';
import { keepAliveFetch } from '../provider/http-fetch.js';
import { type Hidden, redactor } from '../report/redact.js';
import { SCENARIO_FILES } from '../scenarios/scenario-files.js';
import {
  COMMON_FLAGS,
  CONTROL_URL_FLAG,
  checkNames,
  countOf,
  type FlagRow,
  type FlagValues,
  JOBS_FLAG,
  jobsOf,
  langOf,
  levelsOf,
  listOf,
  operationsOf,
  readFlags,
  textOf,
  urlOf,
} from './flags.js';
import type { Kit, StartedMock } from './kit.js';
import { prepareReports } from './reports.js';
import { UsageProblem } from './usage-problem.js';

export const CONSUMER_FLAGS = [
  {
    flag: 'timeout',
    value: 's',
    help: { en: 'how long one run of the command may take; by default 60', zh: '命令运行一次最多多少秒，默认 60' },
  },
  JOBS_FLAG,
  {
    flag: 'handled-status',
    value: 'n',
    help: {
      en: 'the exit status of a refusal that was handled: any other is a crash',
      zh: '请求被拒绝且客户端已妥善处理时的退出码，其他都算崩溃',
    },
  },
  {
    flag: 'save',
    value: 'folder',
    help: {
      en: 'write the exchanges of each scenario that failed, and what the command wrote, to files; redacted',
      zh: '把失败场景的请求、应答和命令的输出写成文件（已脱敏）',
    },
  },
  {
    flag: 'save-all',
    help: { en: 'with --save: of the scenarios that passed too', zh: '与 --save 一起用：通过的场景也写' },
  },
  {
    flag: 'mock',
    value: 'url',
    help: { en: 'a running mock; by default the suite starts one', zh: '已在运行的模拟服务，默认自己启动一个' },
  },
  {
    flag: 'control-token',
    value: 'text',
    help: {
      en: 'what that mock was given as --control-token (CMPASSPORT_CONTROL_TOKEN)',
      zh: '该模拟服务的 --control-token（CMPASSPORT_CONTROL_TOKEN）',
    },
  },
  CONTROL_URL_FLAG,
  ...COMMON_FLAGS,
] as const satisfies readonly FlagRow[];

const RUN_TIMEOUT_S = 60;
const CONTROL_TIMEOUT_MS = 10_000;

/** The exit status. */
export async function consume(args: readonly string[], kit: Kit): Promise<number> {
  const at = args.indexOf('--');
  const [program, ...rest] = at < 0 ? [] : args.slice(at + 1);
  const values = readFlags('contract consumer', CONSUMER_FLAGS, at < 0 ? args : args.slice(0, at));
  if (program === undefined) {
    throw new UsageProblem('contract consumer needs the command that runs your client, behind "--" (see --help)');
  }
  const lang = langOf(values, kit);
  const operations = operationsOf(values);
  const chosen = { operations, only: listOf(values, 'only'), levels: levelsOf(values) };
  checkNames(chosen.only, allScenarioIds());
  const count = countResults(chosen);
  if (count === 0) throw new UsageProblem('no scenario is chosen by --only, --level and --operation together');
  const timeoutMs = (countOf(values, 'timeout', { min: 1 }) ?? RUN_TIMEOUT_S) * 1000;
  const jobs = jobsOf(values, kit);
  const secrets = new Set<string>();
  const phoneNumbers = new Set<string>();
  const hidden = () => ({ secrets: [...secrets], phoneNumbers: [...phoneNumbers] });
  const saving = savingOf(values, hidden);
  const handledStatus = countOf(values, 'handled-status', { min: 1 });
  const mock = await mockOf(values, kit);
  secrets.add(mock.controlToken ?? '');
  try {
    const reports = prepareReports(values, kit, {
      suite: 'consumer',
      subject: [program, ...rest].join(' '),
      count,
      hidden,
    });
    const results = await runConsumer({
      ...chosen,
      command: [program, ...rest],
      mock: {
        url: mock.url,
        control: controlOver(keepAliveFetch(), { ...mock, url: mock.controlUrl, timeoutMs: CONTROL_TIMEOUT_MS }),
      },
      timeoutMs,
      jobs,
      ...(handledStatus !== undefined && { handledStatus }),
      ...(saving !== undefined && { saving }),
      lang,
      env: kit.env,
      sources: kit.sources,
      onResult: reports.onResult,
      onWorld: ({ appKey = '', appSecret = '', phoneNumber = '' }) => {
        for (const secret of [appKey, appSecret]) secrets.add(secret);
        phoneNumbers.add(phoneNumber);
      },
    });
    return reports.finish(results);
  } finally {
    await mock.close();
  }
}

function savingOf(values: FlagValues, hidden: () => Hidden): Saving | undefined {
  const folder = textOf(values, 'save');
  const all = values['save-all'] === true;
  if (folder === undefined) {
    if (all) throw new UsageProblem('--save-all needs --save <folder>, where the files are written');
    return undefined;
  }
  makeFolder(folder);
  return { folder, all, redact: () => redactor(hidden()) };
}

function allScenarioIds(): readonly string[] {
  return SCENARIO_FILES.flatMap(({ scenarios, sent }) => [...scenarios, ...sent].map(({ id }) => id));
}

interface UsedMock extends StartedMock {
  readonly controlUrl: string;
  readonly controlToken: string | undefined;
}

async function mockOf(values: FlagValues, kit: Kit): Promise<UsedMock> {
  const url = urlOf(values, 'mock');
  const controlToken = textOf(values, 'control-token') ?? kit.env['CMPASSPORT_CONTROL_TOKEN'];
  const controlUrl = urlOf(values, 'control-url') ?? url;
  if (url !== undefined && controlUrl !== undefined)
    return { url, controlUrl, controlToken, close: async () => undefined };
  const started = await kit.startMock();
  return { url: started.url, controlUrl: started.url, controlToken: undefined, close: () => started.close() };
}
