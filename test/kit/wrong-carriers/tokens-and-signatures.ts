/** Wrong carriers: when a token works, and how a signature is checked. */
import { verify as verifySignature } from 'node:crypto';
import { setImmediate as immediate } from 'node:timers/promises';
import { compileApp } from '../../../mock-server/carrier/engine/app-settings.js';
import type { Decide } from '../../../mock-server/carrier/engine/decide.js';
import type { Decision } from '../../../mock-server/carrier/engine/decision.js';
import { ENGINE } from '../../../mock-server/carrier/engine/engine.js';
import type { Situation } from '../../../mock-server/carrier/engine/facts/situation.js';
import type { State } from '../../../mock-server/carrier/engine/state.js';
import type {
  Entry,
  PartitionId,
  StateStore,
  Write,
} from '../../../mock-server/carrier/store/state-store.js';
import { signingOf, stringToSign } from '../../../src/protocol/fields.js';
import { fromBase64, fromHex, verifyRsa } from '../../../src/protocol/sign.js';
import {
  BOTH,
  LOGIN,
  LOGIN_RULES,
  VERIFY,
  VERIFY_RULES,
  type WrongCarrier,
  withDecision,
  withFacts,
  withLoginRules,
  withoutEffect,
  withReadings,
  withRequest,
  withRequestFields,
  withState,
} from './wrong-carrier.js';

const { signValid: loginSignValid } = LOGIN_RULES.facts;
const { signValid: verifySignValid } = VERIFY_RULES.facts;

export const TOKENS_AND_SIGNATURES: readonly WrongCarrier[] = [
  {
    id: 'token-works-twice',
    does: 'accepts a token twice',
    operations: BOTH,
    wrong: withFacts({ all: { tokenUnused: () => true } }),
  },
  {
    id: 'overlapping-calls-both-succeed',
    does: 'checks the token and the quota, and only later consumes them',
    operations: BOTH,
    wrong: { store: withoutConditions },
  },
  {
    id: 'token-lives-three-minutes',
    does: 'accepts a token for three minutes',
    operations: BOTH,
    wrong: withState((state) => withTokenLifetime(state, { longerByMs: 60_000 })),
  },
  {
    id: 'token-lives-119-seconds',
    does: 'accepts a token for only 119 seconds',
    operations: BOTH,
    wrong: withState((state) => withTokenLifetime(state, { longerByMs: -1_000 })),
  },
  {
    id: 'token-lives-a-moment-too-long',
    does: 'accepts a token at exactly two minutes',
    operations: BOTH,
    wrong: withState((state) => withTokenLifetime(state, { longerByMs: 1 })),
  },
  {
    id: 'refusal-uses-token',
    does: 'consumes the token of a refused call',
    operations: BOTH,
    wrong: withReadings(() => ({ 'refused-call-uses-token': 'yes' })),
  },
  {
    id: 'token-of-another-app',
    does: 'accepts the token of another app',
    operations: LOGIN,
    wrong: { engine: { decide: decideByForeignToken } },
  },
  {
    id: 'token-of-the-other-capability',
    does: 'accepts a token that was issued for the other operation',
    operations: BOTH,
    wrong: withFacts({ all: { tokenOfThisCapability: () => true } }),
  },
  {
    id: 'any-token-shape',
    does: 'reports a malformed token as unknown',
    operations: LOGIN,
    wrong: withFacts({ login: { tokenWellFormed: () => true } }),
  },
  {
    id: 'empty-token-is-a-parameter',
    does: 'returns 103414 for a missing token',
    operations: LOGIN,
    wrong: withLoginRules(
      LOGIN_RULES.rules.map((rule) =>
        rule.requires === 'tokenPresent' ? { ...rule, otherwise: '103414' } : rule,
      ),
    ),
  },
  {
    id: 'not-own-number-keeps-token',
    does: 'leaves the token usable after 001',
    operations: VERIFY,
    wrong: withDecision((decision) =>
      decision.decidedBy === 'numberMatches' ? withoutEffect(decision, 'useToken') : decision,
    ),
  },
  {
    id: 'login-sign-not-checked',
    does: 'does not check the MD5 signature',
    operations: LOGIN,
    wrong: withFacts({
      login: {
        signValid: (situation) => situation.request.signing !== 'rsa' || loginSignValid(situation),
      },
    }),
  },
  {
    id: 'verify-sign-not-checked',
    does: 'does not check the HMAC signature',
    operations: VERIFY,
    wrong: withFacts({
      verify: {
        signValid: (situation) =>
          situation.request.signing === 'hmac' || verifySignValid(situation),
      },
    }),
  },
  {
    id: 'login-upper-case-only',
    does: 'rejects an MD5 signature in lower case',
    operations: LOGIN,
    wrong: withReadings(() => ({ 'login-md5-case': 'upper' })),
  },
  {
    id: 'verify-any-case',
    does: 'accepts an HMAC signature in lower case although the readings exclude it',
    operations: VERIFY,
    wrong: withFacts({
      verify: {
        signValid: (situation) =>
          verifySignValid(
            situation.request.signing === 'hmac'
              ? withRequestFields(situation, { sign: situation.request.sign?.toUpperCase() })
              : situation,
          ),
      },
    }),
  },
  {
    id: 'login-sign-without-strictcheck',
    does: 'omits strictcheck from the string to sign',
    operations: LOGIN,
    wrong: withFacts({
      login: {
        signValid: (situation) => loginSignValid(withRequestFields(situation, { strictCheck: '' })),
      },
    }),
  },
  {
    id: 'login-rsa-is-sha1',
    does: 'checks RSA signatures at login as SHA1withRSA',
    operations: LOGIN,
    wrong: withFacts({
      login: {
        signValid: (situation) =>
          situation.request.signing === 'rsa' ? isSha1Valid(situation) : loginSignValid(situation),
      },
    }),
  },
  {
    id: 'verify-rsa-is-sha256',
    does: 'checks RSA signatures at verify as SHA256withRSA',
    operations: VERIFY,
    wrong: withFacts({
      verify: {
        signValid: (situation) =>
          situation.request.signing === 'rsa'
            ? isSha256Valid(situation)
            : verifySignValid(situation),
      },
    }),
  },
  {
    id: 'verify-rsa-also-sha256',
    does: 'also accepts SHA256withRSA at verify',
    operations: VERIFY,
    wrong: withFacts({
      verify: {
        signValid: (situation) =>
          verifySignValid(situation) ||
          (situation.request.signing === 'rsa' && isSha256Valid(situation)),
      },
    }),
  },
  {
    id: 'rsa-in-any-case',
    does: 'accepts `rsa` in lower case as RSA',
    operations: LOGIN,
    wrong: withRequest((request) =>
      request.operation === 'loginTokenValidate' &&
      request.encryptionAlgorithm?.toUpperCase() === 'RSA'
        ? { ...request, encryptionAlgorithm: 'RSA', signing: 'rsa' }
        : request,
    ),
  },
  {
    id: 'login-rsa-base64',
    does: 'expects RSA signatures at login in Base64',
    operations: LOGIN,
    wrong: withFacts({
      login: {
        signValid: (situation) => {
          const { request } = situation;
          if (request.signing !== 'rsa') return loginSignValid(situation);
          const sign = Buffer.from(request.sign ?? '', 'base64').toString('hex');
          return loginSignValid(withRequestFields(situation, { sign }));
        },
      },
    }),
  },
  {
    id: 'one-key-is-enough',
    does: 'accepts RSA with only 应用公钥1 registered',
    operations: LOGIN,
    wrong: withFacts({
      login: {
        encryptionPossible: ({ request, state }) =>
          request.signing !== 'rsa' || state.app?.verifyKey !== undefined,
      },
    }),
  },
  {
    id: 'app-secret-always',
    does: 'checks the MD5 signature with APPSecret even if the app signs with appKey',
    operations: LOGIN,
    wrong: withState((state) => ({
      ...state,
      app: state.app && compileApp({ ...state.app.settings, signSecret: 'appSecret' }),
    })),
  },
];

/** Requests read the same state, and the last write wins. */
function withoutConditions(store: StateStore): StateStore {
  const unconditional = (partition: PartitionId, write: Write): Write => {
    if (write.kind === 'count') return { ...write, limit: null };
    if (write.kind !== 'put') return write;
    const entry = store.get(partition, write.collection, write.id) as Entry<unknown> | undefined;
    return { ...write, expectedRevision: entry?.revision ?? 0 };
  };
  return {
    ...store,
    readPartition: async (...args) => {
      const view = await store.readPartition(...args);
      const counters = new Map(view.counters);
      await immediate();
      return { ...view, counters };
    },
    commit: (partition, writes) =>
      store.commit(
        partition,
        writes.map((write) => unconditional(partition, write)),
      ),
  };
}

function withTokenLifetime(state: State, { longerByMs }: { readonly longerByMs: number }): State {
  const { token, foreignToken } = state;
  const changed = <T extends { readonly expiresAtMs: number }>(record: T): T => ({
    ...record,
    expiresAtMs: record.expiresAtMs + longerByMs,
  });
  return {
    ...state,
    token: token && changed(token),
    foreignToken: foreignToken && { ...foreignToken, record: changed(foreignToken.record) },
  };
}

function decideByForeignToken(...[request, state, at]: Parameters<Decide>): Decision {
  const { token, foreignToken } = state;
  if (token !== undefined || foreignToken === undefined) return ENGINE.decide(request, state, at);
  // A foreign token is not in the app's store, so it cannot be consumed.
  return withoutEffect(
    ENGINE.decide(request, { ...state, token: foreignToken.record }, at),
    'useToken',
  );
}

function isSha1Valid({ request, state }: Situation): boolean {
  const [key, signature] = [state.app?.verifyKey, fromHex(request.sign ?? '')];
  if (key === undefined || signature === undefined) return false;
  const text = stringToSign(signingOf('loginTokenValidate', 'rsa').fields, request);
  return verifySignature('RSA-SHA1', Buffer.from(text), key, signature);
}

function isSha256Valid({ request, state }: Situation): boolean {
  const [key, signature] = [state.app?.verifyKey, fromBase64(request.sign ?? '')];
  if (key === undefined || signature === undefined) return false;
  return verifyRsa(
    'RSA-SHA256',
    stringToSign(signingOf('tokenValidate', 'rsa').fields, request),
    signature,
    key,
  );
}
