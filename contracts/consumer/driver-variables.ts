/** The environment variables that a driver gets. The page of the files of the kit has their comments. */
import type { Operation } from '../index.js';
import type { Values } from '../kit/pointer.js';

/** Those of the scenario's app and token, with the names of their values. */
const OF_APP = {
  /** The app's id. */
  CMPASSPORT_APP_ID: 'appId',
  /** Its APPSecret. */
  CMPASSPORT_APP_SECRET: 'appSecret',
  /** Its appKey. */
  CMPASSPORT_APP_KEY: 'appKey',
  /** The private key of 应用公钥1, for a client that signs with RSA: PKCS#8 in Base64. */
  CMPASSPORT_APP_SIGN_KEY: 'appSignKey',
  /** The private key of 应用公钥2: PKCS#8 in Base64. */
  CMPASSPORT_APP_DECRYPT_KEY: 'appDecryptKey',
  /** 平台公钥: SPKI in Base64. */
  CMPASSPORT_PLATFORM_PUBLIC_KEY: 'platformPublicKey',
  /** The token to send. */
  CMPASSPORT_TOKEN: 'token',
  /** For h5TokenValidate: what the SDK returned with the token. */
  CMPASSPORT_USER_INFORMATION: 'userInformation',
  /** The number to verify; for the other operations, the correct number. */
  CMPASSPORT_PHONE: 'phoneNumber',
  /** The earlier name of CMPASSPORT_PHONE. */
  CMPASSPORT_PHONE_NUMBER: 'phoneNumber',
} as const;

/** The address of the recorder. */
interface OfBase {
  /** The base URL, instead of https://www.cmpassport.com. */
  readonly CMPASSPORT_BASE: string;
  /** The earlier name of CMPASSPORT_BASE. */
  readonly CMPASSPORT_BASE_URL: string;
}

export function baseVariables(url: string): OfBase {
  return { CMPASSPORT_BASE: url, CMPASSPORT_BASE_URL: url };
}

interface Run {
  readonly operation: Operation;
  /** The id of the scenario. */
  readonly scenario: string;
  readonly job: number;
}

/** Those of the run. */
interface OfRun {
  /** The operation to call. For a client with only one, set `--operation`. */
  readonly CMPASSPORT_OPERATION: Operation;
  /** The scenario's id, for your logs. */
  readonly CMPASSPORT_SCENARIO: string;
  /** The number of the parallel job, from 1, for a driver that needs its own port or folder. */
  readonly CMPASSPORT_JOB: string;
}

export function variablesOf(
  { operation, scenario, job }: Run,
  values: Values,
): Readonly<Record<string, string>> {
  const ofRun: OfRun = {
    CMPASSPORT_OPERATION: operation,
    CMPASSPORT_SCENARIO: scenario,
    CMPASSPORT_JOB: String(job),
  };
  const ofApp = Object.entries(OF_APP).map(([name, value]) => [name, values[value] ?? '']);
  return { ...ofRun, ...Object.fromEntries(ofApp) };
}
