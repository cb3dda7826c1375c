/** The routes of what is looked up, made or checked, and kept nowhere, as rows. */
import { json, type RouteRow } from './route-row.js';

export const REFERENCE_ROUTES: readonly RouteRow[] = [
  {
    method: 'get',
    path: '/_mock/operations',
    operationId: 'listOperations',
    tag: 'Reference',
    summary: "The carrier's two calls: their fields, answers and rules, in both languages",
    answers: json('OperationRows'),
  },
  {
    method: 'get',
    path: '/_mock/readings',
    operationId: 'listReadings',
    tag: 'Reference',
    summary: 'Every reading: the sentence that leaves it open, the options and what each means',
    answers: json('ReadingRows'),
  },
  {
    method: 'get',
    path: '/_mock/subscribers',
    operationId: 'listSubscribers',
    tag: 'Reference',
    summary: 'The numbers that the carrier knows, and what goes wrong with some of them',
    answers: json('Subscribers'),
  },
  {
    method: 'post',
    path: '/_mock/apps/{appId}/signed-requests',
    operationId: 'signRequest',
    tag: 'Tools',
    summary: 'Makes a rightly signed request, and does not send it',
    takes: 'signRequest',
    answers: json('SignedRequest'),
  },
  {
    method: 'post',
    path: '/_mock/key-pairs',
    operationId: 'makeKeyPair',
    tag: 'Tools',
    summary: 'Makes an RSA key pair in the format of the portal',
    takes: 'makeKeyPair',
    answers: json('KeyPair', 201),
  },
  {
    method: 'post',
    path: '/_mock/ip-whitelist/check',
    operationId: 'checkIpWhitelist',
    tag: 'Tools',
    summary: 'What each entry of a whitelist admits, or what is wrong with it',
    takes: 'checkIpWhitelist',
    answers: json('IpWhitelistCheck'),
  },
];
