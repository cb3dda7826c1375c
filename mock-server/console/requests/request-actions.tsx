/** The buttons of a request: fix and resend, resend, copy, export. */
import { useSignal } from '@preact/signals';
import type { JournalRecord, Operation, SignedRequest } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import { t } from '../messages/message.js';
import { codeWords } from '../parts/code-badge.js';
import { CopyButton } from '../parts/code-text.js';
import { bound, TextField } from '../parts/field.js';
import { Button, submitted } from '../parts/panel.js';
import { curlCommand } from '../parts/shell-command.js';
import { privateKeysOf, rememberPrivateKeys } from '../state/app-state.js';
import { intentOf, resultCodeIn } from '../state/bodies.js';
import { type CarrierRequest, exchange } from '../state/carrier.js';
import { hashOf } from '../state/hash.js';
import { mockApp } from '../state/mock.js';
import { attempt, notifyDone } from '../state/notices.js';
import { isSuccess } from '../state/operations.js';
import { goTo } from '../state/place.js';
import { appOf, carrierAddress } from '../state/server-data.js';
import { OF_THE_CARRIER } from './verdict.js';

export function RequestActions({ record }: { readonly record: JournalRecord }) {
  const { method, path, request, operation } = record;
  const again = { method, path, headers: request.headers, body: request.body };
  return (
    <div class="actions">
      <FixAction record={record} />
      <Button class="small" text={t('request.resend')} onClick={() => sendAndOpen(operation, again)} />
      <CopyButton text={curlCommand(again, carrierAddress.value)} label="copyCurl" />
      <Button class="small" text={t('request.export')} onClick={() => saveFile(`request-${record.id}.json`, record)} />
    </div>
  );
}

function FixAction({ record }: { readonly record: JournalRecord }) {
  const { appId } = record;
  const isKeyRequired = useSignal(false);
  const typed = useSignal('');
  const fixedBy = whatFixes(record);
  if (record.decidedBy === 'appKnown' && appId !== null && appOf(appId) === undefined) {
    return (
      <a class="button small primary" href={hashOf({ view: 'apps', parameters: { create: appId } })}>
        {t('request.createApp', { appId })}
      </a>
    );
  }
  if (appId === null || fixedBy === 'nothing' || appOf(appId) === undefined) return null;
  if (fixedBy === 'app') {
    const parameters = { section: SECTIONS[record.decidedBy] };
    return (
      <a class="button small primary" href={hashOf({ view: 'apps', opened: appId, parameters })}>
        {t('request.changeApp')}
      </a>
    );
  }
  const send = async () => sendAndOpen(record.operation, await fixedRequest(appId, record));
  const start = async () => {
    isKeyRequired.value = intentOf(record).signing === 'rsa' && privateKeysOf(appId).sign === undefined;
    if (!isKeyRequired.value) await send();
  };
  const sendWithKey = async () => {
    rememberPrivateKeys(appId, { sign: typed.value.trim() });
    if (!(await attempt(send))) rememberPrivateKeys(appId, { sign: undefined });
  };
  return (
    <>
      <Button class="small primary" text={t('request.fix')} onClick={start} />
      {isKeyRequired.value && (
        <form class="private-key" onSubmit={submitted(() => void sendWithKey())}>
          <TextField label={t('request.privateKey')} hint={t('request.privateKeyHint')} {...bound(typed)} />
          <button type="submit" class="small" disabled={typed.value.trim() === ''}>
            {t('request.fix')}
          </button>
        </form>
      )}
    </>
  );
}

/** The settings that cause a refusal, and their section of the app's page. */
const SECTIONS: Readonly<Partial<Record<JournalRecord['decidedBy'], string>>> = {
  ipAllowed: 'whitelist',
  capabilityGranted: 'capabilities',
  encryptionPossible: 'keys',
  callsLeft: 'calls',
};

/** `app` if a setting caused the refusal. `nothing` for test numbers, and for 001, which is a normal result. */
function whatFixes(record: JournalRecord): 'request' | 'app' | 'nothing' {
  const { decidedBy, forced } = record;
  if (forced) return 'nothing';
  if (SECTIONS[decidedBy] !== undefined) return 'app';
  const isCorrect = isSuccess(record) || decidedBy === 'numberMatches' || OF_THE_CARRIER.includes(decidedBy);
  return isCorrect ? 'nothing' : 'request';
}

async function sendAndOpen(operation: Operation, request: CarrierRequest): Promise<void> {
  const { answer } = await exchange(request);
  if (answer === undefined) throw new Error(t('handset.broken'));
  const code = resultCodeIn(answer.body) ?? null;
  if (answer.requestId !== undefined) goTo({ view: 'requests', opened: answer.requestId });
  notifyDone(t('request.answered', { code: code ?? answer.status, words: codeWords(operation, code) }));
}

/** Downloads JSON as a file. `cmpassport-mock explain` reads a saved journal record. */
export function saveFile(name: string, content: unknown): void {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(content, undefined, 2)}\n`], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Fixes a refused request: the same kind of request, correctly signed, with a new token. */
async function fixedRequest(appId: string, record: JournalRecord): Promise<SignedRequest> {
  const { operation } = record;
  const { signing, token, fields } = intentOf(record);
  const phoneNumber = token === undefined ? undefined : await phoneNumberOf(appId, token);
  const privateKey = signing === 'rsa' ? privateKeysOf(appId).sign : undefined;
  const app = mockApp(appId);
  const minted = await app.mint({ capability: operation, ...(phoneNumber !== undefined && { phoneNumber }) });
  return app.signedRequest({
    operation,
    token: minted.token,
    signing,
    fields,
    ...(privateKey !== undefined && { privateKey }),
  });
}

/** The phone number of the token; undefined for an unknown token. */
async function phoneNumberOf(appId: string, token: string): Promise<string | undefined> {
  try {
    return (await mockApp(appId).token(token)).phoneNumber;
  } catch (error) {
    if (error instanceof ControlError && error.code === 'ERR_CONTROL_REFUSED') return undefined;
    throw error;
  }
}
