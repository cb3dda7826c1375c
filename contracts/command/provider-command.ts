/** `contract provider`: runs the cases against this project's mock, or against the carrier of a profile. */

import type { ValuesOf } from '../../src/text/flags.js';
import { isSettled, readCalibration } from '../calibrate/calibration.js';
import { ENCODING } from '../calibrate/judge.js';
import type { Operation } from '../index.js';
import type { Level } from '../kit/case.js';
import { CASE_FILES } from '../kit/case-files.js';
import { httpSubject } from '../kit/http.js';
import type { Provider } from '../kit/provider.js';
import type { SuiteReading } from '../kit/result.js';
import type { RunContext } from '../kit/send-case.js';
import { usage } from '../kit/usage.js';
import { mockProvider } from '../provider/mock-provider.js';
import { reachCarrier } from '../provider/preflight.js';
import { credentialsOf, readProfile } from '../provider/profile.js';
import { profileProvider } from '../provider/profile-provider.js';
import { planOf, runSuite, type Spending, type SuiteChoice } from '../provider/run-suite.js';
import { ADDRESS, count } from './flag-kinds.js';
import {
  COMMON_ROWS,
  type GivenMock,
  isKeepSet,
  type KitRows,
  MOCK_ROWS,
  mockOf,
  readFlags,
} from './flags.js';
import type { Kit } from './kit.js';
import { checkCaseIds, dryRunText, selectionOf } from './listing.js';
import { prepareReports } from './reports.js';

export const PROVIDER_ROWS = {
  mock: {
    flag: 'mock',
    value: 'url',
    kind: ADDRESS,
    isRepeated: true,
    help: {
      en: 'a mock of this project, without charges; each case has its own app',
      zh: '本项目的模拟服务：不产生费用，每个用例有自己的应用',
    },
  },
  ...MOCK_ROWS,
  profile: {
    flag: 'profile',
    value: 'file',
    isRepeated: true,
    help: {
      en: 'any other carrier: addresses, credentials, tokens, spend limit (JSON)',
      zh: '其他平台侧接口：地址、凭据、token、花费上限（JSON）',
    },
  },
  spendLimit: {
    flag: 'spend-limit',
    value: 'n',
    kind: count(),
    isRepeated: true,
    help: {
      en: 'the maximum number of calls with a live token, instead of the profile’s limit',
      zh: '最多用有效 token 调用多少次，优先于 profile 里的上限',
    },
  },
  dryRun: {
    flag: 'dry-run',
    help: {
      en: 'print the requests and the maximum cost; send nothing',
      zh: '只列出将要发送的请求和最高花费，什么也不发送',
    },
  },
  all: {
    flag: 'all',
    help: {
      en: 'also the cases of level MAY, which are our own assumptions',
      zh: 'MAY 级别的用例（本项目的约定）也执行',
    },
  },
  patient: {
    flag: 'patient',
    isRepeated: true,
    help: {
      en: 'with --profile: also the case that waits 121 s, until a token expires',
      zh: '与 --profile 一起用：等 121 秒直到 token 过期的用例也执行',
    },
  },
  calibration: {
    flag: 'calibration',
    value: 'file',
    isRepeated: true,
    help: {
      en: 'expect of each case what contract calibrate recorded for it',
      zh: '每个用例都以 contract calibrate 为它记录的响应为准',
    },
  },
  ...COMMON_ROWS,
} as const satisfies KitRows;

type ProviderValues = ValuesOf<typeof PROVIDER_ROWS>;

const TIMEOUT_MS = 10_000;
const GAP_MS = 200;

/** The provider and the settings of the run. */
interface Terms {
  readonly provider: Provider;
  readonly spending: Spending;
  readonly gapMs: number;
  readonly jobs: number;
  readonly disabled: SuiteChoice['disabled'];
  /** Checks the target before the first case. Returns the differing readings of a mock. Throws a UsageError. */
  reach(operations: readonly Operation[]): Promise<readonly SuiteReading[]>;
}

/** Returns the exit status. */
export async function provide(args: readonly string[], kit: Kit): Promise<number> {
  const values = readFlags('contract provider', { rows: PROVIDER_ROWS, args });
  const selection = selectionOf(CASE_ROWS, values, kit, values.all ? {} : { levels: REQUIRED });
  if (selection === undefined) return 0;
  const terms = termsOf(values, kit);
  const { calibration, lang = kit.language } = values;
  const recorded = recordedIn(calibration);
  const choice: SuiteChoice = { ...selection.choice, disabled: terms.disabled };
  const plan = planOf(CASE_FILES, { ...terms, choice });
  if (values.dryRun) {
    kit.out.write(dryRunText(plan, terms.provider, lang));
    return 0;
  }
  const { name: subject, hidden } = terms.provider;
  const reports = prepareReports(values, kit, {
    suite: 'provider',
    flags: PROVIDER_ROWS,
    subject,
    count: plan.length,
    hidden,
  });
  const run = plan.filter(({ notRun }) => notRun === undefined);
  const readings = await terms.reach([...new Set(run.map(({ operation }) => operation))]);
  const { onResult, shouldStop } = reports;
  reports.begin();
  const results = await runSuite(plan, {
    ...terms,
    ...recorded,
    sources: kit.sources,
    onResult,
    shouldStop,
  });
  return reports.finish(results, readings);
}

/** What a recorded case expects. */
function recordedIn(path: string | undefined): Pick<RunContext, 'recorded' | 'rsaEncoding'> {
  if (path === undefined) return {};
  const { answers, readings } = readCalibration(path);
  const encoding = readings[ENCODING];
  const isHex = encoding !== undefined && isSettled(encoding) && encoding.option === 'hex';
  return { recorded: answers, rsaEncoding: isHex ? 'hex' : undefined };
}

/** Our own assumptions oblige no carrier, so their cases run on request only. */
const REQUIRED: readonly Level[] = ['MUST', 'SHOULD'];

const CASE_ROWS = CASE_FILES.map(({ operation, cases }) => ({ operation, rows: cases }));

function termsOf(values: ProviderValues, kit: Kit): Terms {
  const keep = isKeepSet(values);
  const mock = mockOf(values, kit);
  const { profile: path } = values;
  if (mock !== undefined && path === undefined) return mockTerms(mock, keep, values, kit);
  if (mock === undefined && path !== undefined) return profileTerms(path, values, kit);
  throw usage('provider.no-carrier');
}

function mockTerms(mock: GivenMock, keep: boolean, values: ProviderValues, kit: Kit): Terms {
  const { url, controlUrl, control } = mock;
  const subject = httpSubject({ baseUrl: url, timeoutMs: TIMEOUT_MS });
  return {
    provider: mockProvider({
      url,
      subject,
      control,
      lang: values.lang ?? kit.language,
      ...(keep && { keptAppsUrl: controlUrl }),
    }),
    spending: { limit: undefined, free: true },
    gapMs: 0,
    jobs: values.jobs ?? kit.cores,
    disabled: [],
    reach: async (operations) => {
      const readings = await mock.reach();
      // If the control API has another address, the carrier's address is checked separately.
      for (const operation of controlUrl === url ? [] : operations) {
        await reachCarrier({
          at: '--mock',
          url,
          operation,
          subject,
          credentials: {},
          sources: kit.sources,
        });
      }
      return readings;
    },
  };
}

function profileTerms(path: string, values: ProviderValues, { env, sources }: Kit): Terms {
  if (values.jobs !== undefined) throw usage('provider.jobs-with-profile');
  const profile = readProfile(path);
  const { disabled = [] } = profile;
  const ids = CASE_ROWS.flatMap(({ rows }) => rows.map(({ id }) => id));
  checkCaseIds(`${path}: /disabled`, disabled, ids);
  const provider = profileProvider(profile, { env, ...sources, isPatient: values.patient });
  const credentials = credentialsOf(profile, env);
  const gapMs = profile.pacing?.gapMs ?? GAP_MS;
  return {
    provider,
    spending: { limit: values.spendLimit ?? profile.spendLimit, free: false },
    gapMs,
    jobs: 1,
    disabled,
    reach: async (operations) => {
      for (const operation of operations) {
        await reachCarrier({
          at: `${path}: /baseUrls/${operation}`,
          url: provider.baseUrl(operation),
          operation,
          subject: provider.subject(operation),
          credentials,
          sources,
        });
        await sources.wait(gapMs);
      }
      return [];
    },
  };
}
