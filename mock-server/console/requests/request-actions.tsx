/** The buttons of a request: fix and resend, resend, copy, export. */
import { useSignal } from '@preact/signals';
import { resultCodeIn } from '../api/carrier-call.js';
import { answerOf, control } from '../api/control-client.js';
import { ControlRefusal } from '../api/problem.js';
import type { JournalRecord, MintedToken, Operation, SignedRequest } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { codeWords, isSuccess } from '../parts/code-badge.js';
import { CopyButton } from '../parts/copy-button.js';
import { curlCommand } from '../parts/curl-command.js';
import { TextField } from '../parts/field.js';
import { exchange, signedRequest } from '../state/carrier-exchange.js';
import { hashOf } from '../state/hash.js';
import { attempt, notifyDone, notifyProblem } from '../state/notices.js';
import { goTo } from '../state/place.js';
import { privateKeysOf, rememberPrivateKeys } from '../state/private-keys.js';
import { apps, carrierAddress } from '../state/server-data.js';
import { OF_THE_CARRIER } from './decided-by-words.js';
import { intentOf } from './request-intent.js';

export function RequestActions({ record }: { readonly record: JournalRecord }) {
  const { method, path, request, operation } = record;
  const again = { method, path, headers: headersToSend(request.headers), body: request.body };
  return (
    <div class="actions">
      <FixAction record={record} />
      <button type="button" class="small" onClick={() => void attempt(() => sendAndOpen(operation, again))}>
        {t('request.resend')}
      </button>
      <CopyButton text={curlCommand({ ...again, headers: request.headers }, carrierAddress.value)} label="copyCurl" />
      <button type="button" class="small" onClick={() => saveFile(`request-${record.id}.json`, record)}>
        {t('request.export')}
      </button>
    </div>
  );
}

function FixAction({ record }: { readonly record: JournalRecord }) {
  const { appId } = record;
  const isKeyRequired = useSignal(false);
  const typed = useSignal('');
  const fixedBy = whatFixes(record);
  if (appId === null || fixedBy === 'nothing' || apps.value?.some((app) => app.appId === appId) !== true) return null;
  if (fixedBy === 'app') {
    return (
      <a
        class="button small primary"
        href={hashOf({ view: 'apps', opened: appId, parameters: { section: sectionOf(record) } })}
      >
        {t('request.changeApp')}
      </a>
    );
  }
  const isRsa = intentOf(record).signing === 'rsa';
  const send = async () => {
    const request = await fixedRequest({ ...record, appId }, privateKeysOf(appId).sign);
    await sendAndOpen(record.operation, request);
  };
  const start = () => {
    if (isRsa && privateKeysOf(appId).sign === undefined) isKeyRequired.value = true;
    else void attempt(send);
  };
  return (
    <>
      <button type="button" class="small primary" onClick={start}>
        {t('request.fix')}
      </button>
      {isKeyRequired.value && (
        <form
          class="private-key"
          onSubmit={(event) => {
            event.preventDefault();
            rememberPrivateKeys(appId, { sign: typed.value.trim() });
            void attempt(send).then((isDone) => !isDone && rememberPrivateKeys(appId, { sign: undefined }));
          }}
        >
          <TextField
            label={t('request.privateKey')}
            hint={t('request.privateKeyHint')}
            value={typed.value}
            onInput={(value) => {
              typed.value = value;
            }}
          />
          <button type="submit" class="small" disabled={typed.value.trim() === ''}>
            {t('request.fix')}
          </button>
        </form>
      )}
    </>
  );
}

const SECTIONS: readonly { readonly requires: JournalRecord['decidedBy']; readonly section: string }[] = [
  { requires: 'ipAllowed', section: 'whitelist' },
  { requires: 'capabilityGranted', section: 'capabilities' },
  { requires: 'encryptionPossible', section: 'keys' },
  { requires: 'callsLeft', section: 'calls' },
];

/** The section of the app's page with the setting. */
function sectionOf({ decidedBy }: JournalRecord): string | undefined {
  return SECTIONS.find(({ requires }) => requires === decidedBy)?.section;
}

/** `app` if a setting caused the refusal. `nothing` for test numbers, and for 001, which is a normal result. */
function whatFixes({ resultCode, decidedBy, forced }: JournalRecord): 'request' | 'app' | 'nothing' {
  if (forced) return 'nothing';
  if (SECTIONS.some(({ requires }) => requires === decidedBy)) return 'app';
  const isCorrect = isSuccess(resultCode) || decidedBy === 'numberMatches' || OF_THE_CARRIER.includes(decidedBy);
  return isCorrect ? 'nothing' : 'request';
}

async function sendAndOpen(operation: Operation, request: Parameters<typeof exchange>[0]): Promise<void> {
  const { answer } = await exchange(request);
  if (answer === undefined) {
    notifyProblem(new Error(t('handset.broken')));
    return;
  }
  const code = resultCodeIn(answer.body) ?? null;
  if (answer.requestId !== undefined) goTo({ view: 'requests', opened: answer.requestId });
  notifyDone(t('request.answered', { code: code ?? answer.status, words: codeWords(operation, code) }));
}

/** Downloads JSON as a file. `cmpassport-mock explain` reads a saved journal record. */
function saveFile(name: string, content: unknown): void {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(content, undefined, 2)}\n`], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** The headers of a recorded request for `fetch`: one text per name. */
function headersToSend(
  headers: Readonly<Record<string, string | readonly string[]>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

/** Fixes a refused request: the same kind of request, correctly signed, with a new token. */
async function fixedRequest(
  { appId, operation, request }: JournalRecord & { readonly appId: string },
  privateKey: string | undefined,
): Promise<SignedRequest> {
  const { signing, token, fields } = intentOf({ operation, request });
  const phoneNumber = token === undefined ? undefined : await phoneNumberOf(appId, token);
  const body = { capability: operation, ...(phoneNumber !== undefined && { phoneNumber }) };
  const minted = await answerOf(control.POST('/_mock/apps/{appId}/tokens', { params: { path: { appId } }, body }));
  const newToken = (minted as MintedToken).token;
  return signedRequest(appId, {
    operation,
    token: newToken,
    signing,
    fields,
    ...(signing === 'rsa' && privateKey !== undefined && { privateKey }),
  });
}

/** The phone number of the token; undefined for an unknown token. */
async function phoneNumberOf(appId: string, token: string): Promise<string | undefined> {
  try {
    const path = { appId, token };
    return (await answerOf(control.GET('/_mock/apps/{appId}/tokens/{token}', { params: { path } }))).phoneNumber;
  } catch (error) {
    if (error instanceof ControlRefusal) return undefined;
    throw error;
  }
}
