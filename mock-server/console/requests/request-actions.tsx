/** The buttons of a request (fix and resend, resend, copy, export), and the form that sends it with changed fields. */
import { useSignal } from '@preact/signals';
import type { JournalRecord, Operation, SignedRequest } from '../../../src/control/api.js';
import { ControlError } from '../../../src/control/errors.js';
import { t } from '../messages/message.js';
import { SendAndShow } from '../parts/answer-line.js';
import { codeWords } from '../parts/code-badge.js';
import { CopyButton } from '../parts/code-text.js';
import { Check, TextField } from '../parts/field.js';
import { Button } from '../parts/panel.js';
import { SendButton } from '../parts/send-button.js';
import { signedRequest } from '../state/app-state.js';
import { fieldName, fieldRows, intentOf, resultCodeIn, withField } from '../state/bodies.js';
import { BASE, type CarrierRequest, curlCommand, exchange, requestOf } from '../state/carrier.js';
import { hashOf } from '../state/hash.js';
import { callOf, mint } from '../state/mock.js';
import { notifyDone } from '../state/notices.js';
import { isSuccess, placeOfField } from '../state/operations.js';
import { IS_LOCAL } from '../state/place.js';
import { appOf, carrierAddress, operationRow } from '../state/server-data.js';
import { openRequest } from './shown-requests.js';
import { OF_THE_CARRIER } from './verdict.js';

export function RequestActions({ record }: { readonly record: JournalRecord }) {
  const again = requestOf(record);
  return (
    <div class="actions">
      <FixAction record={record} />
      <SendButton
        class="small"
        text={t('request.resend')}
        send={(stopped) => sendAndOpen(record.operation, again, stopped)}
      />
      <CopyButton text={curlCommand(again, carrierAddress.value)} label="copyCurl" />
      <CopyButton text={linkTo(record.id)} label="copyLink" />
      {IS_LOCAL && (
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

function FixAction({ record }: { readonly record: JournalRecord }) {
  const { appId, decidedBy } = record;
  if (appId === null || isCorrect(record)) return null;
  const isKnown = appOf(appId) !== undefined;
  const section = SECTIONS[decidedBy];
  if (isKnown && section === undefined)
    return (
      <SendButton
        class="small primary"
        text={t('request.fix')}
        send={async (stopped) =>
          sendAndOpen(record.operation, await fixedRequest(appId, record), stopped)
        }
      />
    );
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
  if (answer.requestId !== undefined) openRequest(answer.requestId);
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
  const { token: minted } = await mint(appId, {
    capability: record.operation,
    ...(phoneNumber !== undefined && { phoneNumber }),
  });
  return minted;
}

async function withNewToken(record: JournalRecord, body: string): Promise<string> {
  const field = placeOfField(record.operation, 'token');
  if (field === undefined) return body;
  return withField(body, { ...field, value: await newToken(record.appId ?? '', record) });
}

/** The phone number of the token; undefined for an unknown token. */
async function phoneNumberOf(appId: string, token: string): Promise<string | undefined> {
  try {
    return (await callOf(appId)('GET /tokens/:token', { token })).phoneNumber;
  } catch (error) {
    if (error instanceof ControlError && error.code === 'ERR_CONTROL_REFUSED') return undefined;
    throw error;
  }
}

/** What is renewed in an edited request before it is sent. */
const RENEWALS = ['newToken', 'sign'] as const;
type Renewed = Readonly<Record<(typeof RENEWALS)[number], boolean>>;

/** Sends a recorded request with changed fields. */
export function EditAndSend({ record }: { readonly record: JournalRecord }) {
  const { operation, request, appId } = record;
  const body = useSignal(request.body);
  const chosen = useSignal<Partial<Renewed>>({});
  const isKnown = appOf(appId) !== undefined;
  const renewed: Renewed = {
    newToken: isKnown && intentOf(record).token !== undefined,
    sign: isKnown,
    ...chosen.value,
  };
  const choose = (changed: Partial<Renewed>) => {
    chosen.value = { ...chosen.value, ...changed };
  };
  const rows = fieldRows(body.value, operationRow(operation)?.requestFields ?? []);
  if (rows.length === 0) return null;
  const send = async (stopped: AbortSignal) => {
    if (renewed.newToken) body.value = await withNewToken(record, body.value);
    if (renewed.sign) body.value = await signedAgain(record, body.value);
    return exchange({ ...requestOf(record), body: body.value }, stopped);
  };
  return (
    <details class="edit-and-send">
      <summary>{t('edit.title')}</summary>
      <div class="fields">
        {rows.map((row) => (
          <TextField
            key={fieldName(row)}
            label={fieldName(row)}
            value={row.value ?? ''}
            onChange={(value) => {
              body.value = withField(body.value, { ...row, value });
              if (row.name === 'token') choose({ newToken: false });
            }}
          />
        ))}
        {isKnown &&
          RENEWALS.map((name) => (
            <Check
              key={name}
              text={t(`edit.${name}`)}
              value={renewed[name]}
              onChange={(value) => choose({ [name]: value })}
            />
          ))}
      </div>
      <SendAndShow operation={operation} text={t('edit.send')} send={send} />
    </details>
  );
}

/** The body with the signature of its fields. Everything else stays, also undocumented fields. */
async function signedAgain({ operation, appId }: JournalRecord, body: string): Promise<string> {
  const { signing, token = '' } = intentOf({ operation, request: { headers: {}, body } });
  const place = placeOfField(operation, 'sign');
  if (place === undefined) return body;
  const documented = fieldRows(body, operationRow(operation)?.requestFields ?? []).filter(
    (row) => row.documented !== undefined && row.value !== undefined && row.name !== place.name,
  );
  const fields = Object.fromEntries(documented.map(({ name, value = '' }) => [name, value]));
  const { sign } = await signedRequest(appId ?? '', { operation, token, signing, fields });
  return withField(body, { ...place, value: sign });
}
