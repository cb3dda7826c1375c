/** Checks the input of a signed request: whether the request can be built, and whether its signature would be valid. */

import keys from '../../../fixtures/keys/keys.json' with { type: 'json' };
import { fieldsOf, type Signing, signingsOf, type Texts, wireName } from '../../../src/protocol/fields.js';
import type { Operation } from '../../../src/protocol/operations.js';
import { isPair, isRsaKey, notAKey, type RsaKey, readPrivateKey } from '../../../src/protocol/rsa-keys.js';
import { quote } from '../../../src/text/shown-json.js';
import type { App } from '../../carrier/engine/app-settings.js';
import { notOneOf, unknownName } from '../../schemas/schema-problem.js';
import { invalid } from '../problem.js';

/** The body of the call. */
export interface SigningInput {
  readonly operation: Operation;
  readonly token: string;
  readonly phoneNumber?: string;
  readonly signing?: Signing;
  readonly privateKey?: string;
  /** By their wire names. */
  readonly fields?: Readonly<Record<string, string>>;
}

const SIGN = 'sign';

/** Returns the input with the fields by the names of this program. Without a key, the app's secret signs. @throws Problem for the first mistake */
export function checkInput(input: SigningInput, app: App) {
  const { operation, token, phoneNumber, fields = {} } = input;
  const signing = chosenSigning(input);
  checkFields(input);
  checkMode(input, signing);
  const key = signing === 'rsa' ? ownKey(input, app) : undefined;
  const sent = fieldsOf(operation).filter(({ name }) => name in fields);
  const texts: Texts = Object.fromEntries(sent.map(({ name, property }) => [property, fields[name]]));
  return { operation, token: texts.token ?? token, phoneNumber, key, fields: texts };
}

/** A private key implies RSA. */
function chosenSigning({ operation, signing, privateKey }: SigningInput): Signing {
  const known = signingsOf(operation).map(({ name }) => name);
  const wanted = signing ?? (privateKey === undefined ? known[0] : 'rsa');
  if (wanted !== undefined && known.includes(wanted)) return wanted;
  throw invalid('/signing', notOneOf(known, signing, operation));
}

function checkFields({ operation, fields = {} }: SigningInput): void {
  const known = fieldsOf(operation)
    .map(({ name }) => name)
    .filter((name) => name !== SIGN);
  const unknown = Object.keys(fields).find((name) => !known.some((each) => each === name));
  if (unknown === undefined) return;
  if (unknown === SIGN)
    throw invalid('/fields/sign', { en: 'is generated and cannot be set', zh: '由模拟服务生成，不能指定' });
  const { pointer, detail } = unknownName(unknown, { pointer: '/fields', known });
  throw invalid(pointer, detail);
}

/** The signing mode and the field that selects it must agree: otherwise the signature is invalid. */
function checkMode({ operation, fields = {} }: SigningInput, signing: Signing): void {
  const selected = signingsOf(operation).find(({ name }) => name === 'rsa')?.selectedBy;
  const name = selected && wireName(operation, selected.property);
  const value = name && fields[name];
  if (value === undefined || (value === selected?.value) === (signing === 'rsa')) return;
  throw invalid(`/fields/${name}`, {
    en: `does not match signing ${quote(signing)}, found ${quote(value)}`,
    zh: `与 signing ${quote(signing)} 不符，实际为 ${quote(value)}`,
  });
}

/** The public test key, for an app that has it registered and an operation that has only RSA. */
function testKey({ operation }: SigningInput, { verifyKey }: App): string | undefined {
  const { privateKey } = keys.demoAppSign;
  const key = readPrivateKey(privateKey);
  const isOnlyWay = signingsOf(operation).length === 1;
  return isOnlyWay && verifyKey !== undefined && isRsaKey(key) && isPair(key, verifyKey) ? privateKey : undefined;
}

function ownKey(input: SigningInput, app: App): RsaKey {
  const { verifyKey } = app;
  const { privateKey = testKey(input, app) } = input;
  if (privateKey === undefined)
    throw invalid('/privateKey', {
      en: 'is missing: signing "rsa" requires the private key of 应用公钥1, PKCS#8 in Base64',
      zh: '缺失：signing 为 "rsa" 时要给出应用公钥1 对应的私钥，PKCS#8 的 Base64',
    });
  if (verifyKey === undefined)
    throw invalid('/privateKey', {
      en: 'cannot be checked: the app has no appVerifyKey (应用公钥1), so the request would be refused',
      zh: '无法验签，请求会被拒：应用没有报备 appVerifyKey（应用公钥1）',
    });
  const key = readPrivateKey(privateKey);
  if (!isRsaKey(key)) throw invalid('/privateKey', notAKey(key));
  if (!isPair(key, verifyKey))
    throw invalid('/privateKey', {
      en: "is not the private key of the app's appVerifyKey (应用公钥1): the request would be refused",
      zh: '不是应用的 appVerifyKey（应用公钥1）对应的私钥：请求会被拒',
    });
  return key;
}
