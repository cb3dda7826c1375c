/** A carrier for calibration: like the carrier of a profile, without a control API. */

import type { Calibration } from '../../../contracts/calibrate/calibration.js';
import { runCalibration } from '../../../contracts/calibrate/run-calibration.js';
import type { Spending } from '../../../contracts/calibrate/spending.js';
import keys from '../../../contracts/keys.json' with { type: 'json' };
import { makeApp, textToken } from '../../../contracts/kit/control.js';
import { OPERATIONS } from '../../../contracts/kit/operations.js';
import type { Need, Provider } from '../../../contracts/kit/provider.js';
import type { Subject } from '../../../contracts/kit/wire.js';
import { DEFAULT_READINGS } from '../../../src/protocol/readings.js';
import { type CarrierParts, directCarrier, SOURCES } from '../provider/engine-subject.js';

export interface TargetOptions extends CarrierParts {
  readonly readings?: Readonly<Record<string, string>>;
  readonly has?: readonly Need[];
  /** The settings of the app, in the format of the control API. */
  readonly app?: object;
  readonly appSignKey?: string;
  /** The offset of the carrier's clock. */
  readonly clockOff?: string;
  readonly subject?: (own: Subject) => Subject;
}

export const ALL: readonly Need[] = ['loginTokenValidate', 'tokenValidate', 'rsa', 'token'];

/** The operation with fewer requests. */
export const VERIFY: readonly Need[] = ['tokenValidate', 'token'];

const APP = { capabilities: OPERATIONS, appEncryptKey: keys.appEncryptKey };

export async function targetOf({
  readings = {},
  has = ALL,
  app = {},
  ...parts
}: TargetOptions = {}): Promise<Provider> {
  const settings = {
    ...parts.settings,
    readings: { ...DEFAULT_READINGS, ...readings } as typeof DEFAULT_READINGS,
  };
  const { subject, control } = directCarrier({ ...parts, settings });
  const created = await makeApp(control, { ...APP, appVerifyKey: keys.appVerifyKey, ...app });
  if (parts.clockOff !== undefined) await created.control.advance(parts.clockOff);
  const { appId, appKey, appSecret, platformPublicKey } = created.app;
  const { otherSignKey, appDecryptKey, appSignKey } = keys;
  const values = {
    ...{ otherSignKey, appDecryptKey, appId, appKey, appSecret, platformPublicKey },
    appSignKey: parts.appSignKey ?? appSignKey,
  };
  const phoneNumbers = new Set<string>();
  const sent = parts.subject?.(subject) ?? subject;
  return {
    name: 'the carrier',
    has: new Set(has),
    isMock: false,
    hidden: () => ({ secrets: [appKey, appSecret], phoneNumbers: [...phoneNumbers] }),
    baseUrl: () => 'http://carrier.test',
    subject: () => sent,
    open: async (operation, testCase) => ({
      values,
      newToken: async () => {
        const given = textToken(testCase);
        if (given !== undefined) return given;
        const { token } = testCase.given ?? {};
        const settings = token !== undefined && 'mint' in token ? token.mint : {};
        const issued = await created.control.mint(operation, settings);
        phoneNumbers.add(issued.phoneNumber);
        return issued;
      },
      end: async () => undefined,
    }),
  };
}

/** A count in memory. */
export function spendingOf(limit: number): Spending {
  let calls = 0;
  return {
    limit,
    spent: () => calls,
    take: () => {
      if (calls >= limit) return false;
      calls += 1;
      return true;
    },
    answered: () => undefined,
    keep: () => undefined,
    finish: () => undefined,
  };
}

export function runOn(
  provider: Provider,
  spending = spendingOf(20),
  longKey = false,
): Promise<Calibration> {
  return runCalibration({ provider, sources: SOURCES, spending, gapMs: 0, longKey, disabled: [] });
}

export async function calibrated(
  options: TargetOptions & { readonly limit?: number; readonly longKey?: boolean } = {},
): Promise<Calibration> {
  return runOn(await targetOf(options), spendingOf(options.limit ?? 0), options.longKey);
}

type CaseApp = Awaited<ReturnType<Provider['open']>>;

/** The provider with other live tokens. */
export function withTokens(
  provider: Provider,
  newToken: (own: CaseApp['newToken']) => CaseApp['newToken'],
): Provider {
  return {
    ...provider,
    open: async (operation, testCase) => {
      const caseApp = await provider.open(operation, testCase);
      const isLive = textToken(testCase) === undefined;
      return isLive ? { ...caseApp, newToken: newToken(caseApp.newToken) } : caseApp;
    },
  };
}
