/** A request with a fresh token that forces a fault, and a client to send it. */
import { type Endpoint, freshToken, type Place, placeAt } from '../../support/endpoints.js';
import { send, sharedMock } from '../../support/mock.js';
import { type FaultClient, faultClient, postBytes } from './fault-client.js';

export interface Scene {
  readonly place: Place;
  readonly token: string;
  readonly client: FaultClient;
  /** The request as bytes, with this outcome forced. */
  request(outcome?: string): Buffer;
}

export async function sceneAt(endpoint: Endpoint): Promise<Scene> {
  const { url } = await sharedMock();
  const place = await placeAt(url);
  const token = await freshToken(place, endpoint);
  const body = endpoint.request(place.app, token);
  const request = (outcome?: string) =>
    postBytes({ path: endpoint.path, body, ...(outcome !== undefined && { outcome }) });
  return { place, token, client: faultClient(url), request };
}

export async function tokenStatus({ url, app }: Place, token: string): Promise<string> {
  return (await send(url, 'GET', `/_mock/apps/${app.appId}/tokens/${token}`)).json.status;
}
