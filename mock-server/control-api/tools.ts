/** Calls that store nothing: signed requests, key pairs, whitelist checks. */
import { generateRsaPair } from '../../src/protocol/rsa-keys.js';
import { checkIpWhitelist } from './ip-whitelist.js';
import { type Call, json, type Route } from './route.js';
import { signRequest } from './signed-requests.js';

export const TOOLS_ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/_mock/apps/:appId/signed-requests',
    who: 'path',
    id: 'signRequest',
    tag: 'Tools',
    summary: 'Creates a correctly signed request, without sending it',
    input: 'signRequest',
    output: json('SignedRequest'),
    handle: signRequest,
  },
  {
    method: 'post',
    path: '/_mock/key-pairs',
    who: 'server',
    id: 'makeKeyPair',
    tag: 'Tools',
    summary: "Creates an RSA key pair in the portal's format",
    input: 'makeKeyPair',
    output: json('KeyPair', 201),
    handle: ({ input }: Call<{ readonly bits?: number }>) => generateRsaPair(input.bits),
  },
  {
    method: 'post',
    path: '/_mock/ip-whitelist/check',
    who: 'server',
    id: 'checkIpWhitelist',
    tag: 'Tools',
    summary: 'Which addresses each entry of a whitelist admits, or what is wrong with it',
    input: 'checkIpWhitelist',
    output: json('IpWhitelistCheck'),
    handle: checkIpWhitelist,
  },
];
