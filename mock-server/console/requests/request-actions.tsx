/** The buttons of a request (fix and resend, resend, copy, export), and the form that sends it with changed fields. */
import { useSignal } from '@preact/signals';
import type { JournalRecord, Operation, SignedRequest } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import { t } from '../messages/message.js';
import { AnswerLine } from '../parts/answer-line.js';
import { codeWords } from '../parts/code-badge.js';
import { CopyButton } from '../parts/code-text.js';
import { bound, Check, TextField } from '../parts/field.js';
import { Button, submitted } from '../parts/panel.js';
import { SendButton } from '../parts/send-button.js';
import { rememberPrivateKeys, signedRequest } from '../state/app-state.js';
import { fieldRows, intentOf, resultCodeIn, withField } from '../state/bodies.js';
import {
  BASE,
  type CarrierRequest,
  curlCommand,
  exchange,
  type SentExchange,
} from '../state/carrier.js';
import { hashOf } from '../state/hash.js';
import { mockApp } from '../state/mock.js';
import { attempt, notifyDone } from '../state/notices.js';
import { isSuccess, placeOfField } from '../state/operations.js';
import { goTo, place } from '../state/place.js';
import { appOf, carrierAddress, operationRow } from '../state/server-data.js';
import { OF_THE_CARRIER } from './verdict.js';

export function RequestActions({ record }: { readonly record: JournalRecord }) {
  const { method, path, request, operation } = record;
  const again = { method, path, headers: request.headers, body: request.body };
  return (
    <div class="actions">
      <FixAction record={record} />
      <SendButton
        class="small"
        text={t('request.resend')}
        send={(stopped) => sendAndOpen(operation, again, stopped)}
      />
      <CopyButton text={curlCommand(again, carrierAddress.value)} label="copyCurl" />
      <CopyButton text={linkTo(record.id)} label="copyLink" />
      {isLoopback(location.hostname) && (
        <Button
          class="small"
          text={t('request.export')}
          onClick={() => saveFile(`request-${record.id}.json`, record)}
        />
      )}
    </div>
  );
}

function linkTo(id: string): string {
  return `${BASE}/${hashOf({ view: 'requests', opened: id })}`;
}

/** A colleague cannot open a link to such an address, but gets the file. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

function FixAction({ record }: { readonly record: JournalRecord }) {
  const { appId, decidedBy } = record;
  if (appId === null || isCorrect(record)) return null;
  const isKnown = appOf(appId) !== undefined;
  const section = SECTIONS[decidedBy];
  if (isKnown && section === undefined) return <FixAndResend appId={appId} record={record} />;
  if (isKnown)
    return <AppLink text="request.changeApp" place={{ opened: appId, parameters: { section } }} />;
  if (decidedBy !== 'appKnown') return null;
  return <AppLink text="request.createApp" place={{ parameters: { create: appId } }} />;
}

/** Its text has no appId: a client may have sent its secret as one. */
interface AppLinkProps {
  readonly text: 'request.changeApp' | 'request.createApp';
  readonly place: Omit<Parameters<typeof hashOf>[0], 'view'>;
}

function AppLink({ text, place }: AppLinkProps) {
  return (
    <a class="button small primary" href={hashOf({ view: 'apps', ...place })}>
      {t(text)}
    </a>
  );
}

interface FixAndResendProps {
  readonly appId: string;
  readonly record: JournalRecord;
}

/** Sends a correct request of the same kind. For an RSA signature, it first asks for the private key. */
function FixAndResend({ appId, record }: FixAndResendProps) {
  const isKeyRequired = useSignal(false);
  const typed = useSignal('');
  const send = async (stopped?: AbortSignal) =>
    sendAndOpen(record.operation, await fixedRequest(appId, record), stopped);
  // The server has the private key of the demo app.
  const start = (stopped: AbortSignal) =>
    send(stopped).catch((error: unknown) => {
      if (!(error instanceof ControlError) || error.pointer !== '/privateKey') throw error;
      isKeyRequired.value = true;
    });
  const sendWithKey = async () => {
    rememberPrivateKeys(appId, { sign: typed.value.trim() });
    if (!(await attempt(send))) rememberPrivateKeys(appId, { sign: undefined });
  };
  return (
    <>
      <SendButton class="small primary" text={t('request.fix')} send={start} />
      {isKeyRequired.value && (
        <form class="private-key" onSubmit={submitted(() => void sendWithKey())}>
          <TextField
            label={t('request.privateKey')}
            hint={t('request.privateKeyHint')}
            {...bound(typed)}
          />
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

/** Also with a test number that the carrier refuses, and for 001, which is a normal result. */
function isCorrect(record: JournalRecord): boolean {
  const { decidedBy, forced } = record;
  return (
    forced ||
    isSuccess(record) ||
    decidedBy === 'numberMatches' ||
    OF_THE_CARRIER.includes(decidedBy)
  );
}

async function sendAndOpen(
  operation: Operation,
  request: CarrierRequest,
  stopped?: AbortSignal,
): Promise<void> {
  const { answer, failure = 'broken' } = await exchange(request, stopped);
  if (answer === undefined) return notifyDone(t(`handset.${failure}`), 'refused');
  const code = resultCodeIn(answer.body) ?? null;
  const { parameters } = place.value;
  if (answer.requestId !== undefined)
    goTo({ view: 'requests', opened: answer.requestId, parameters });
  const words = { code: code ?? answer.status, words: codeWords(operation, code) };
  // A script or header forced it, so it says nothing about the request.
  if (answer.decidedBy === 'forced') notifyDone(t('request.answeredForced', words), 'refused');
  else notifyDone(t('request.answered', words), answer.decidedBy === 'allMet' ? 'done' : 'refused');
}

/** Downloads JSON as a file. `cmpassport-mock explain` reads a saved journal record. */
export function saveFile(name: string, content: unknown): void {
  const json = `${JSON.stringify(content, undefined, 2)}\n`;
  const url = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Fixes a refused request: the same kind of request, correctly signed, with a new token. */
async function fixedRequest(appId: string, record: JournalRecord): Promise<SignedRequest> {
  const { operation } = record;
  const { signing, fields } = intentOf(record);
  const token = await newToken(appId, record);
  return signedRequest(appId, { operation, token, signing, fields });
}

/** A token of the same number, if it is known. */
async function newToken(appId: string, record: JournalRecord): Promise<string> {
  const { token } = intentOf(record);
  const phoneNumber = token === undefined ? undefined : await phoneNumberOf(appId, token);
  const options = {
    capability: record.operation,
    ...(phoneNumber !== undefined && { phoneNumber }),
  };
  return (await mockApp(appId).mint(options)).token;
}

async function withNewToken(record: JournalRecord, body: string): Promise<string> {
  const field = placeOfField(record.operation, 'token');
  if (field === undefined) return body;
  return withField(body, { ...field, value: await newToken(record.appId ?? '', record) });
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

/** Sends a recorded request with changed fields, signed again or not. */
export function EditAndSend({ record }: { readonly record: JournalRecord }) {
  const { operation, method, path, request, appId } = record;
  const body = useSignal(request.body);
  const isKnown = appId !== null && appOf(appId) !== undefined;
  const isSigned = useSignal(isKnown);
  const isTokenNew = useSignal(isKnown && intentOf(record).token !== undefined);
  const sent = useSignal<SentExchange | undefined>(undefined);
  const rows = fieldRows(body.value, operationRow(operation)?.requestFields ?? []);
  if (rows.length === 0) return null;
  const send = async (stopped: AbortSignal) => {
    if (isTokenNew.value) body.value = await withNewToken(record, body.value);
    if (isSigned.value) body.value = await signedAgain(record, body.value);
    const edited = { method, path, headers: request.headers, body: body.value };
    sent.value = await exchange(edited, stopped);
  };
  return (
    <details class="edit-and-send">
      <summary>{t('edit.title')}</summary>
      <div class="fields">
        {rows.map((row) => (
          <TextField
            key={`${row.in}.${row.name}`}
            label={row.in === null ? row.name : `${row.in}.${row.name}`}
            value={row.value ?? ''}
            onChange={(value) => {
              body.value = withField(body.value, { ...row, value });
              if (row.name === 'token') isTokenNew.value = false;
            }}
          />
        ))}
        {isKnown && <Check text={t('edit.newToken')} {...bound(isTokenNew)} />}
        <Check text={t('edit.sign')} {...bound(isSigned)} />
        <SendButton class="primary" text={t('edit.send')} send={send} />
      </div>
      {sent.value !== undefined && <AnswerLine operation={operation} sent={sent.value} />}
    </details>
  );
}

/** The body with the signature of its fields. Everything else stays, also undocumented fields. */
async function signedAgain({ operation, appId }: JournalRecord, body: string): Promise<string> {
  const { signing, token = '' } = intentOf({ operation, request: { headers: {}, body } });
  const place = placeOfField(operation, 'sign');
  const texts = fieldRows(body, operationRow(operation)?.requestFields ?? []).flatMap(
    ({ name, value, documented }) =>
      documented === undefined || value === undefined || name === place?.name
        ? []
        : [[name, value]],
  );
  const fields = Object.fromEntries(texts);
  const { sign } = await signedRequest(appId ?? '', { operation, token, signing, fields });
  return place === undefined ? body : withField(body, { ...place, value: sign });
}
