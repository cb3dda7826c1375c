/** The ledger of an app, loaded again after each of its charged requests. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { App, Ledger } from '../api/schemas.js';
import { records } from '../state/live-requests.js';
import { notifyProblem } from '../state/notices.js';

const LIMIT = 50;

/** @param app - given if its settings change the remaining calls. */
export function useLedger(appId: string, app?: App): Signal<Ledger | undefined> {
  const ledger = useSignal<Ledger | undefined>(undefined);
  const lastCharged = records.value.find((record) => record.charged && record.appId === appId)?.id;
  const isEmpty = records.value.length === 0;
  // The ledger changes when the journal is cleared, and with the app's settings.
  useEffect(() => {
    const params = { path: { appId }, query: { limit: LIMIT } };
    answerOf(control.GET('/_mock/apps/{appId}/ledger', { params }))
      .then((read) => {
        ledger.value = read;
      })
      .catch(notifyProblem);
  }, [appId, lastCharged, isEmpty, app]);
  return ledger;
}
