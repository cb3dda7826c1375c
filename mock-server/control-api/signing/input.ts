/** Checks the input of a signed request: whether the request can be built, and whether its signature would be valid. */

import keys from '../../../fixtures/keys/keys.json' with { type: 'json' };
import type { Api } from '../../../src/control/calls/components.js';
import {
  fieldsOf,
  type Signing,
  signingsOf,
  type Texts,
  wireName,
} from '../../../src/protocol/fields.js';
import {
  isPair,
  isRsaKey,
  notAKey,
  type RsaKey,
  readPrivateKey,
} from '../../../src/protocol/rsa-keys.js';
import type { App } from '../../carrier/engine/app-settings.js';
import { notOneOf, unknownName } from '../../schemas/schema-problem.js';
import { invalid, invalidField, invalidValue } from '../problem.js';

type SigningInput = Api['SignRequest'];

const SIGN = 'sign';

/** Returns the input with the fields by the names of this program. Without a key, the app's secret signs. @throws Problem for the first mistake */
export function checkInput(input: SigningInput, app: App) {
  const { operation, token, phoneNumber, fields = {} } = input;
  const signing = chosenSigning(input);
  checkFields(input);
  checkMode(input, signing);
  const key = signing === 'rsa' ? ownKey(input, app) : undefined;
  const sent = fieldsOf(operation).filter(({ name }) => name in fields);
  const texts: Texts = Object.fromEntries(
    sent.map(({ name, property }) => [property, fields[name]]),
  );
  return { operation, token: texts.token ?? token, phoneNumber, key, fields: texts };
}

/** A private key implies RSA. */
function chosenSigning({ operation, signing, privateKey }: SigningInput): Signing {
  const known = signingsOf(operation).map(({ name }) => name);
  const wanted = signing ?? (privateKey === undefined ? known[0] : 'rsa');
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  throw invalidField(notOneOf('/signing', known, signing, operation));
}

function checkFields({ operation, fields = {} }: SigningInput): void {
  const known = fieldsOf(operation)
    .map(({ name }) => name)
    .filter((name) => name !== SIGN);
  const unknown = Object.keys(fields).find((name) => !known.some((each) => each === name));
  if (unknown === undefined) return;
  if (unknown === SIGN) throw invalid('/fields/sign', 'signing.sign-given');
  throw invalidField(unknownName(unknown, { pointer: '/fields', known }));
}

/** The signing mode and the field that selects it must agree: otherwise the signature is invalid. */
function checkMode({ operation, fields = {} }: SigningInput, signing: Signing): void {
  const selected = signingsOf(operation).find(({ name }) => name === 'rsa')?.selectedBy;
  const name = selected && wireName(operation, selected.property);
  const value = name && fields[name];
  if (value === undefined || (value === selected?.value) === (signing === 'rsa')) return;
  throw invalid(`/fields/${name}`, 'signing.mode', { signing, found: value });
}

/** The public test key, for an app that has it registered and an operation that has only RSA. */
function testKey({ operation }: SigningInput, { verifyKey }: App): string | undefined {
  const { privateKey } = keys.demoAppSign;
  const key = readPrivateKey(privateKey);
  const isOnlyWay = signingsOf(operation).length === 1;
  return isOnlyWay && verifyKey !== undefined && isRsaKey(key) && isPair(key, verifyKey)
    ? privateKey
    : undefined;
}

function ownKey(input: SigningInput, app: App): RsaKey {
  const { verifyKey } = app;
  const { privateKey = testKey(input, app) } = input;
  if (privateKey === undefined) throw invalid('/privateKey', 'signing.key-missing');
  if (verifyKey === undefined) throw invalid('/privateKey', 'signing.no-verify-key');
  const key = readPrivateKey(privateKey);
  if (!isRsaKey(key)) throw invalidValue('/privateKey', 'value.key', { mistake: notAKey(key) });
  if (!isPair(key, verifyKey)) throw invalid('/privateKey', 'signing.other-key');
  return key;
}
