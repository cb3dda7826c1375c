/** The published types, which have the descriptions of the fields, are those that follow from the components. The compiler compares them. */
import { expect, test } from 'vitest';
import type * as Published from '../../../src/control/api.js';
import { type Api, COMPONENTS } from '../../../src/control/calls/components.js';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

/** `true` for each component. Another type, or a component without a published type, does not compile. */
const SAME: { readonly [Name in Exclude<keyof Api, 'OpenapiDocument'>]: true } = {
  CreateApp: true satisfies Same<Api['CreateApp'], Published.NewApp>,
  PatchApp: true satisfies Same<Api['PatchApp'], Published.AppSettings>,
  Mint: true satisfies Same<Api['Mint'], Published.Mint>,
  SetClock: true satisfies Same<Api['SetClock'], Published.ClockSetting>,
  AdvanceClock: true satisfies Same<Api['AdvanceClock'], Published.AdvanceClock>,
  CountRequests: true satisfies Same<Api['CountRequests'], Published.CountRequests>,
  SetOutcomes: true satisfies Same<Api['SetOutcomes'], Published.SetOutcomes>,
  SetSubscriber: true satisfies Same<Api['SetSubscriber'], Published.SetSubscriber>,
  SignRequest: true satisfies Same<Api['SignRequest'], Published.SigningOptions>,
  MakeKeyPair: true satisfies Same<Api['MakeKeyPair'], Published.MakeKeyPair>,
  CheckIpWhitelist: true satisfies Same<Api['CheckIpWhitelist'], Published.CheckIpWhitelist>,
  Nothing: true satisfies Same<Api['Nothing'], Published.Nothing>,
  Operation: true satisfies Same<Api['Operation'], Published.Operation>,
  Operator: true satisfies Same<Api['Operator'], Published.Operator>,
  Capability: true satisfies Same<Api['Capability'], Published.Capability>,
  SignSecret: true satisfies Same<Api['SignSecret'], Published.SignSecret>,
  NumberFailure: true satisfies Same<Api['NumberFailure'], Published.NumberFailure>,
  Basis: true satisfies Same<Api['Basis'], Published.Basis>,
  Readings: true satisfies Same<Api['Readings'], Published.Readings>,
  ResultCode: true satisfies Same<Api['ResultCode'], Published.ResultCode>,
  UndocumentedCode: true satisfies Same<Api['UndocumentedCode'], Published.UndocumentedCode>,
  Requirement: true satisfies Same<Api['Requirement'], Published.Requirement>,
  DecidedBy: true satisfies Same<Api['DecidedBy'], Published.DecidedBy>,
  Health: true satisfies Same<Api['Health'], Published.Health>,
  App: true satisfies Same<Api['App'], Published.App>,
  CreatedApp: true satisfies Same<Api['CreatedApp'], Published.CreatedApp>,
  Apps: true satisfies Same<Api['Apps'], Published.Apps>,
  MintedToken: true satisfies Same<Api['MintedToken'], Published.MintedToken>,
  Minted: true satisfies Same<Api['Minted'], Published.Minted>,
  MintedTokens: true satisfies Same<Api['MintedTokens'], Published.MintedTokens>,
  Token: true satisfies Same<Api['Token'], Published.Token>,
  AccessToken: true satisfies Same<Api['AccessToken'], Published.AccessToken>,
  Clock: true satisfies Same<Api['Clock'], Published.Clock>,
  Outcomes: true satisfies Same<Api['Outcomes'], Published.Outcomes>,
  SubscriberOutcomes: true satisfies Same<Api['SubscriberOutcomes'], Published.SubscriberOutcomes>,
  AppSubscribers: true satisfies Same<Api['AppSubscribers'], Published.AppSubscribers>,
  Snapshot: true satisfies Same<Api['Snapshot'], Published.Snapshot>,
  Snapshots: true satisfies Same<Api['Snapshots'], Published.Snapshots>,
  SavedSnapshot: true satisfies Same<Api['SavedSnapshot'], Published.SavedSnapshot>,
  JournalRecord: true satisfies Same<Api['JournalRecord'], Published.JournalRecord>,
  JournalPage: true satisfies Same<Api['JournalPage'], Published.JournalPage>,
  RequestCount: true satisfies Same<Api['RequestCount'], Published.RequestCount>,
  Causes: true satisfies Same<Api['Causes'], Published.Causes>,
  Cause: true satisfies Same<Api['Cause'], Published.Cause>,
  Gate: true satisfies Same<Api['Gate'], Published.Gate>,
  Finding: true satisfies Same<Api['Finding'], Published.Finding>,
  Segment: true satisfies Same<Api['Segment'], Published.Segment>,
  Explanation: true satisfies Same<Api['Explanation'], Published.Explanation>,
  Ledger: true satisfies Same<Api['Ledger'], Published.Ledger>,
  LedgerRecord: true satisfies Same<Api['LedgerRecord'], Published.LedgerRecord>,
  Bilingual: true satisfies Same<Api['Bilingual'], Published.Bilingual>,
  Way: true satisfies Same<Api['Way'], Published.Way>,
  ResultCodes: true satisfies Same<Api['ResultCodes'], Published.ResultCodes>,
  ResultCodeRow: true satisfies Same<Api['ResultCodeRow'], Published.ResultCodeRow>,
  BeyondCode: true satisfies Same<Api['BeyondCode'], Published.BeyondCode>,
  Subscribers: true satisfies Same<Api['Subscribers'], Published.Subscribers>,
  Subscriber: true satisfies Same<Api['Subscriber'], Published.Subscriber>,
  ReadingRows: true satisfies Same<Api['ReadingRows'], Published.ReadingRows>,
  ReadingRow: true satisfies Same<Api['ReadingRow'], Published.ReadingRow>,
  ObservedReading: true satisfies Same<Api['ObservedReading'], Published.ObservedReading>,
  OperationRows: true satisfies Same<Api['OperationRows'], Published.OperationRows>,
  OperationRow: true satisfies Same<Api['OperationRow'], Published.OperationRow>,
  RequestField: true satisfies Same<Api['RequestField'], Published.RequestField>,
  AnswerField: true satisfies Same<Api['AnswerField'], Published.AnswerField>,
  RuleRow: true satisfies Same<Api['RuleRow'], Published.RuleRow>,
  SignedRequest: true satisfies Same<Api['SignedRequest'], Published.SignedRequest>,
  KeyPair: true satisfies Same<Api['KeyPair'], Published.KeyPair>,
  IpWhitelistCheck: true satisfies Same<Api['IpWhitelistCheck'], Published.IpWhitelistCheck>,
  IpWhitelistEntry: true satisfies Same<Api['IpWhitelistEntry'], Published.IpWhitelistEntry>,
  Problem: true satisfies Same<Api['Problem'], Published.Problem>,
};

/** The document is an object of any form. */
const OPEN = ['OpenapiDocument'];

test('each component is compared', () => {
  expect([...Object.keys(SAME), ...OPEN].toSorted()).toEqual(Object.keys(COMPONENTS).toSorted());
});
