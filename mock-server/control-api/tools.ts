/** Calls that store nothing: signed requests, key pairs, whitelist checks. */
import { generateRsaPair } from '../../src/protocol/rsa-keys.js';
import { checkIpWhitelist } from './ip-whitelist.js';
import { type Call, json, routes } from './route.js';
import { signRequest } from './signed-requests.js';

export const TOOLS_ROUTES = routes('Tools', [
  {
    call: 'POST /_mock/apps/:appId/signed-requests',
    who: 'path',
    id: 'signRequest',
    summary: 'Creates a correctly signed request, without sending it',
    input: 'signRequest',
    output: json('SignedRequest'),
    handle: signRequest,
  },
  {
    call: 'POST /_mock/key-pairs',
    who: 'server',
    id: 'makeKeyPair',
    summary: "Creates an RSA key pair in the portal's format",
    input: 'makeKeyPair',
    output: json('KeyPair', 201),
    handle: ({ input }: Call<{ readonly bits?: number }>) => generateRsaPair(input.bits),
  },
  {
    call: 'POST /_mock/ip-whitelist/check',
    who: 'server',
    id: 'checkIpWhitelist',
    summary: 'Which addresses each entry of a whitelist admits, or what is wrong with it',
    input: 'checkIpWhitelist',
    output: json('IpWhitelistCheck'),
    handle: checkIpWhitelist,
  },
]);
