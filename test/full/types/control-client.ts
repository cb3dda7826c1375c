/** The control client's types compared with those of the OpenAPI document, field by field, both ways, as texts for the compiler. */
import { typeOf } from './schema-types.js';

/** The component, and the type that is to be the same. */
const TIED = [
  ['Operation', 'words.Operation'],
  ['ResultCode', 'words.ResultCode'],
  ['Requirement', 'words.Requirement'],
  ['DecidedBy', 'words.DecidedBy'],
  ['CreateApp', 'apps.NewApp'],
  ['PatchApp', 'apps.AppSettings'],
  ['App', 'apps.App'],
  ['CreatedApp', 'apps.CreatedApp'],
  ['Apps', '{ readonly apps: readonly apps.App[] }'],
  ['Mint', 'Flat<apps.TokenWish & { readonly count?: number }>'],
  ['MintedToken', 'apps.MintedToken'],
  ['MintedTokens', '{ readonly tokens: readonly apps.MintedToken[] }'],
  ['Minted', 'apps.MintedToken | { readonly tokens: readonly apps.MintedToken[] }'],
  ['Token', 'apps.Token'],
  ['AccessToken', 'apps.AccessToken'],
  ['Clock', 'apps.Clock'],
  ['SetClock', 'apps.ClockSetting'],
  ['AdvanceClock', '{ readonly by: string }'],
  ['SetOutcomes', '{ readonly script: string }'],
  ['Outcomes', 'apps.Outcomes'],
  ['Snapshot', '{ readonly id: string }'],
  ['SavedSnapshot', "Flat<Omit<mockApp.SavedSnapshot, 'restore'>>"],
  ['Snapshots', "{ readonly snapshots: readonly Flat<Omit<mockApp.SavedSnapshot, 'restore'>>[] }"],
  // The client takes a documented code only: another one would never have been answered.
  ['CountRequests', "Flat<Omit<CallFilter, 'resultCode'> & { readonly appId?: string; readonly resultCode?: string }>"],
  ['RequestCount', 'journal.RequestCount'],
  ['JournalRecord', 'journal.JournalRecord'],
  ['JournalPage', 'journal.JournalPage'],
  ['Gate', 'journal.Gate'],
  ['Finding', 'journal.Finding'],
  ['Explanation', 'journal.Explanation'],
  ['Ledger', 'journal.Ledger'],
  ['LedgerRecord', 'journal.LedgerRecord'],
  ['ResultCodes', '{ readonly codes: readonly journal.ResultCodeRow[] }'],
  ['ResultCodeRow', 'journal.ResultCodeRow'],
  ['Snippet', 'journal.Snippet'],
  ['Snippets', 'journal.Snippets'],
  ['Bilingual', 'reference.Bilingual'],
  ['Subscriber', 'reference.Subscriber'],
  ['Subscribers', '{ readonly subscribers: readonly reference.Subscriber[] }'],
  ['ReadingRow', 'reference.ReadingRow'],
  ['ReadingRows', '{ readonly readings: readonly reference.ReadingRow[] }'],
  ['OperationRow', 'reference.OperationRow'],
  ['OperationRows', '{ readonly operations: readonly reference.OperationRow[] }'],
  ['RequestField', 'reference.RequestField'],
  ['AnswerField', 'reference.AnswerField'],
  ['RuleRow', 'reference.RuleRow'],
  ['SignRequest', 'reference.SigningWish'],
  ['SignedRequest', 'reference.SignedRequest'],
  ['MakeKeyPair', "NonNullable<Parameters<Mock['keyPair']>[0]>"],
  ['KeyPair', 'reference.KeyPair'],
  ['CheckIpWhitelist', "Parameters<Mock['checkIpWhitelist']>[0]"],
  ['IpWhitelistCheck', 'reference.IpWhitelistCheck'],
  ['IpWhitelistEntry', 'reference.IpWhitelistEntry'],
  ['Problem', 'journal.Problem'],
] as const;

/** The client makes nothing of these. */
const UNTIED = ['Health', 'Nothing', 'OpenapiDocument'];

const PRELUDE = `
import type * as apps from '../../../src/control/api/apps.js';
import type * as journal from '../../../src/control/api/journal.js';
import type * as reference from '../../../src/control/api/reference.js';
import type * as words from '../../../src/control/api/vocabulary.js';
import type { Mock } from '../../../src/control/mock.js';
import type * as mockApp from '../../../src/control/mock-app.js';
import type { CallFilter } from '../../../src/control/mock-app.js';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Flat<T> = { [K in keyof T]: T[K] };
export type Used = [apps.App, journal.Ledger, words.Basis, reference.KeyPair, Mock, CallFilter, mockApp.MockApp, Flat<{}>];
`;

function comparisonOf(component: string, type: string, described = typeOf(component)): string {
  return `export const ${component}: Same<${type}, ${described}> = true;`;
}

/** The components that are compared or left out. */
export const COMPONENTS: readonly string[] = [...TIED.map(([component]) => component), ...UNTIED];

/** Compiles where each type is what its component says. */
export const COMPARED = PRELUDE + TIED.map(([component, type]) => comparisonOf(component, type)).join('\n');

/** Each line has a mistake: a field that is missing, optional, or of another type. */
export const COMPARED_WRONG =
  PRELUDE +
  [
    comparisonOf('Missing', 'apps.Outcomes', '{ readonly script: string }'),
    comparisonOf('Optional', 'apps.Outcomes', '{ readonly script: string; readonly remaining?: string }'),
    comparisonOf('Other', 'apps.Outcomes', '{ readonly script: string; readonly remaining: string | null }'),
  ].join('\n');
