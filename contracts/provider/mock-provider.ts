/** A mock with a control API. Each case has its own app. */

import type { Operation } from '../index.js';
import type { CaseRequest, GivenToken } from '../kit/case.js';
import { findingsOf, openApp, textToken } from '../kit/control.js';
import { OPERATIONS } from '../kit/operations.js';
import { filledDeep } from '../kit/pointer.js';
import type { CaseApp, Need, Provider } from '../kit/provider.js';
import { usedValues } from '../kit/redact.js';
import type { ControlCall, Subject } from '../kit/wire.js';

export interface MockProviderOptions {
  readonly url: string;
  readonly subject: Subject;
  readonly control: ControlCall;
  readonly lang: string;
  /** The URL of the control API, if the apps of failed cases are kept. */
  readonly keptAppsUrl?: string;
}

type MintedToken = Extract<GivenToken, { readonly mint: unknown }>;

export function mockProvider({ url, subject, control, lang, keptAppsUrl }: MockProviderOptions): Provider {
  const { hidden, note } = usedValues();
  return {
    name: url,
    has: new Set<Need>([...OPERATIONS, 'control', 'rsa', 'smsFallback', 'token']),
    hidden,
    isMock: true,
    ...(keptAppsUrl !== undefined && { keptAppsUrl }),
    baseUrl: () => url,
    subject: () => subject,
    open: async (operation, testCase) => {
      const caseApp = await openCaseApp(control, operation, testCase);
      note(caseApp.values);
      const newToken = async () => {
        const issued = await caseApp.newToken();
        note({ phoneNumber: issued.phoneNumber });
        return issued;
      };
      return { ...caseApp, newToken };
    },
    findingOf: async (requestId) => (await findingsOf(control, requestId, lang))[0],
  };
}

async function openCaseApp(call: ControlCall, operation: Operation, testCase: CaseRequest): Promise<CaseApp> {
  const { app, anotherApp, clock, token } = testCase.given ?? {};
  const { values, control } = await openApp(call, app);
  if (clock !== undefined) await control.stopClock(clock.at === undefined ? undefined : Date.parse(clock.at));
  const minted: MintedToken = token !== undefined && 'mint' in token ? token : { mint: {} };
  const foreign = minted.of === 'anotherApp' ? await openApp(call, anotherApp) : undefined;
  const tokenControl = foreign?.control ?? control;
  const settings = filledDeep(minted.mint, values) as MintedToken['mint'];
  return {
    values,
    control,
    tokenControl,
    newToken: async () => textToken(testCase) ?? tokenControl.mint(operation, settings),
    end: async () => {
      await control.remove();
      await foreign?.control.remove();
    },
  };
}
