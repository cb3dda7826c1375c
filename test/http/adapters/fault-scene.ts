/** A fresh token's request that asks for a fault, and a client to send it. */
import { type Endpoint, freshToken, type Place, placeAt } from '../../support/endpoints.js';
import { send, sharedMock } from '../../support/mock.js';
import { askFor, type FaultClient, faultClient } from './fault-client.js';

export interface Scene {
  readonly place: Place;
  readonly token: string;
  readonly client: FaultClient;
  /** The request, asking for an outcome. */
  ask(outcome?: string): Buffer;
}

export async function sceneAt(endpoint: Endpoint): Promise<Scene> {
  const { url } = await sharedMock();
  const place = await placeAt(url);
  const token = await freshToken(place, endpoint);
  const body = endpoint.request(place.app, token);
  const ask = (outcome?: string) => askFor({ path: endpoint.path, body, ...(outcome !== undefined && { outcome }) });
  return { place, token, client: faultClient(url), ask };
}

export async function tokenStatus({ url, app }: Place, token: string): Promise<string> {
  return (await send(url, 'GET', `/_mock/apps/${app.appId}/tokens/${token}`)).json.status;
}
