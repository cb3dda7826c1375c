/** A mock with a control API. Each case has its own app. */

import type { Operation } from '../index.js';
import type { CaseRequest, GivenToken } from '../kit/case.js';
import { findingsOf, openApp, textToken } from '../kit/control.js';
import { OPERATIONS } from '../kit/operations.js';
import { filledDeep, type Values } from '../kit/pointer.js';
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

export function mockProvider(options: MockProviderOptions): Provider {
  const { url, subject, control, lang, keptAppsUrl } = options;
  const { hidden, note } = usedValues();
  return {
    name: url,
    has: new Set<Need>([...OPERATIONS, 'control', 'patience', 'rsa', 'smsFallback', 'token']),
    hidden,
    isMock: true,
    ...(keptAppsUrl !== undefined && { keptAppsUrl }),
    baseUrl: () => url,
    subject: () => subject,
    open: (operation, testCase) => openCaseApp({ control, note }, operation, testCase),
    findingOf: async (requestId) => (await findingsOf(control, requestId, lang))[0],
  };
}

interface Opening {
  readonly control: ControlCall;
  /** Receives each credential and number, so that reports can hide it. */
  readonly note: (values: Values) => void;
}

async function openCaseApp(
  { control, note }: Opening,
  operation: Operation,
  testCase: CaseRequest,
): Promise<CaseApp> {
  const { app, anotherApp, clock, token } = testCase.given ?? {};
  const own = await openApp(control, app);
  note(own.values);
  if (clock !== undefined) await own.control.stopClock(atMs(clock.at));
  const minted = mintedToken(token);
  const foreign = minted.of === 'anotherApp' ? await openApp(control, anotherApp) : undefined;
  const { control: tokenControl } = foreign ?? own;
  const settings = filledDeep(minted.mint, own.values);
  return {
    ...own,
    tokenControl,
    newToken: async () => {
      const issued = textToken(testCase) ?? (await tokenControl.mint(operation, settings));
      note({ phoneNumber: issued.phoneNumber });
      return issued;
    },
    end: async () => {
      await own.control.remove();
      await foreign?.control.remove();
    },
  };
}

function atMs(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}

type MintedToken = Extract<GivenToken, { readonly mint: unknown }>;

/** The settings of the issued token; by default none. */
function mintedToken(token: GivenToken | undefined): MintedToken {
  return token !== undefined && 'mint' in token ? token : { mint: {} };
}
