/** An app with calls that save, list and restore its snapshots. */
import { controlBench, createApp } from '../../support/control.js';

export async function snapshotBench(settings: object = {}) {
  const bench = await controlBench();
  const app = await createApp(bench, settings);
  const path = `/_mock/apps/${app.appId}`;
  const get = async (subPath: string) => (await bench.api.get(`${path}/${subPath}`).expect(200)).body;
  return {
    bench,
    app,
    path,
    get,
    save: async (): Promise<string> => (await bench.api.post(`${path}/snapshots`).expect(201)).body.id,
    restore: async (id: string) => void (await bench.api.post(`${path}/snapshots/${id}/restore`).expect(204, '')),
    statusOf: async (token: string): Promise<string> => (await get(`tokens/${token}`)).status,
  };
}
