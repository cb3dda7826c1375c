/** Short names for the schemas of the control API. */
import type { components } from './control-api.js';

type Schemas = components['schemas'];

export type App = Schemas['App'];
export type AppChange = Schemas['PatchApp'];
export type Clock = Schemas['Clock'];
export type Explanation = Schemas['Explanation'];
export type IpWhitelistCheck = Schemas['IpWhitelistCheck'];
export type JournalRecord = Schemas['JournalRecord'];
export type Ledger = Schemas['Ledger'];
export type ListedFinding = NonNullable<JournalRecord['findings']>[number];
export type MintedToken = Schemas['MintedToken'];
export type Operation = Schemas['Operation'];
export type OperationRow = Schemas['OperationRow'];
export type Outcomes = Schemas['Outcomes'];
export type SubscriberOutcomes = Schemas['SubscriberOutcomes'];
export type Segment = Schemas['Segment'];
export type Problem = Schemas['Problem'];
export type ReadingRow = Schemas['ReadingRow'];
export type RequestField = Schemas['RequestField'];
export type ResultCodeRow = Schemas['ResultCodeRow'];
export type SavedSnapshot = Schemas['SavedSnapshot'];
export type SignedRequest = Schemas['SignedRequest'];
export type SignRequest = Schemas['SignRequest'];
export type Subscriber = Schemas['Subscriber'];
