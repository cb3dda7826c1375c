/** A small model of the carrier: tokens, clocks and remaining calls of two apps, independent of the code under test. */

export type AppName = 'a' | 'b';
export type Operation = 'loginTokenValidate' | 'tokenValidate';
export type TokenStatus = 'live' | 'used' | 'expired' | 'unknown';

export interface Patch {
  readonly contracted?: boolean | null;
  readonly dailyQuota?: number | null;
  readonly callPackage?: number | null;
}

export type Action =
  | {
      readonly kind: 'mint';
      readonly app: AppName;
      readonly capability: Operation;
      readonly ageMs: number;
    }
  | {
      readonly kind: 'call';
      readonly app: AppName;
      readonly operation: Operation;
      /** Counted from the newest token. */
      readonly token: number;
      readonly rightNumber: boolean;
    }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'advance'; readonly app: AppName; readonly ms: number }
  | { readonly kind: 'set'; readonly app: AppName; readonly atMs: number }
  | { readonly kind: 'freeze'; readonly app: AppName; readonly frozen: boolean }
  | { readonly kind: 'reset'; readonly app: AppName }
  | { readonly kind: 'patch'; readonly app: AppName; readonly patch: Patch };

export interface Account {
  readonly charged: number;
  readonly remaining: number | null;
}

/** The settings of both apps, with limits small enough to be reached. */
export const CONFIGURED = { contracted: false, dailyQuota: 4, callPackage: 3 } as const;
const DEFAULTS = { contracted: false, dailyQuota: 1000 } as const;
const TTL_MS = 120_000;
const DAY_MS = 86_400_000;
const BEIJING_MS = 8 * 3_600_000;
const LAST_MS = Date.UTC(9999, 11, 31, 15, 59, 59, 999);

interface App {
  contracted: boolean;
  dailyQuota: number;
  callPackage: number | null;
  packageUsed: number;
  readonly usedByDay: Map<number, number>;
  charged: number;
  offsetMs: number;
  frozenAtMs: number | undefined;
}

interface Token {
  readonly owner: App;
  readonly capability: Operation;
  readonly issuedAtMs: number;
  used: boolean;
}

const REFUSALS = {
  unknown: { loginTokenValidate: '104201', tokenValidate: '606' },
  otherApp: { loginTokenValidate: '103133', tokenValidate: '606' },
  otherCapability: { loginTokenValidate: '105018', tokenValidate: '606' },
  notLive: { loginTokenValidate: '104201', tokenValidate: '606' },
  usedUp: { loginTokenValidate: '105312', tokenValidate: '103420' },
  success: { loginTokenValidate: '103000', tokenValidate: '000' },
} as const;

export class CarrierModel {
  #machineMs: number;
  readonly #apps: Readonly<Record<AppName, App>> = { a: newApp(), b: newApp() };
  readonly #tokens: Token[] = [];
  /** The tokens that were minted before a reset of their app. */
  readonly #removed = new Set<Token>();

  constructor(nowMs: number) {
    this.#machineMs = nowMs;
  }

  get tokenCount(): number {
    return this.#tokens.length;
  }

  nowMs(name: AppName): number {
    const { frozenAtMs, offsetMs } = this.#apps[name];
    return Math.min(Math.max(frozenAtMs ?? this.#machineMs + offsetMs, 0), LAST_MS);
  }

  mint(name: AppName, capability: Operation, ageMs: number): void {
    const issuedAtMs = Math.max(0, this.nowMs(name) - ageMs);
    this.#tokens.push({ owner: this.#apps[name], capability, issuedAtMs, used: false });
  }

  call(name: AppName, operation: Operation, index: number, rightNumber: boolean): string {
    const token = this.#tokens[index];
    const refusal = this.#refusal(name, operation, token);
    if (refusal !== undefined || token === undefined)
      return REFUSALS[refusal ?? 'unknown'][operation];
    token.used = true;
    this.#countCall(name);
    return operation === 'tokenValidate' && !rightNumber ? '001' : REFUSALS.success[operation];
  }

  #refusal(
    name: AppName,
    operation: Operation,
    token: Token | undefined,
  ): keyof typeof REFUSALS | undefined {
    if (token === undefined || this.#removed.has(token)) return 'unknown';
    if (token.owner !== this.#apps[name]) return 'otherApp';
    if (token.capability !== operation) return 'otherCapability';
    if (!isLive(token, this.nowMs(name)) || token.used) return 'notLive';
    const { remaining } = this.account(name);
    return remaining === 0 ? 'usedUp' : undefined;
  }

  #countCall(name: AppName): void {
    const app = this.#apps[name];
    app.charged += 1;
    if (app.contracted) app.packageUsed += 1;
    else app.usedByDay.set(this.#day(name), this.#usedToday(name) + 1);
  }

  #day(name: AppName): number {
    return Math.floor((this.nowMs(name) + BEIJING_MS) / DAY_MS);
  }

  #usedToday(name: AppName): number {
    return this.#apps[name].usedByDay.get(this.#day(name)) ?? 0;
  }

  status(name: AppName, index: number): TokenStatus {
    const token = this.#tokens[index];
    if (token === undefined || this.#removed.has(token) || token.owner !== this.#apps[name])
      return 'unknown';
    if (token.used) return 'used';
    return isLive(token, this.nowMs(name)) ? 'live' : 'expired';
  }

  account(name: AppName): Account {
    const { contracted, dailyQuota, callPackage, packageUsed, charged } = this.#apps[name];
    if (!contracted) return { charged, remaining: Math.max(0, dailyQuota - this.#usedToday(name)) };
    return {
      charged,
      remaining: callPackage === null ? null : Math.max(0, callPackage - packageUsed),
    };
  }

  pass(ms: number): void {
    this.#machineMs += ms;
  }

  setClock(
    name: AppName,
    { atMs = this.nowMs(name), frozen }: { atMs?: number; frozen?: boolean },
  ): void {
    const app = this.#apps[name];
    const at = Math.min(Math.max(atMs, 0), LAST_MS);
    app.offsetMs = at - this.#machineMs;
    app.frozenAtMs = (frozen ?? app.frozenAtMs !== undefined) ? at : undefined;
  }

  patch(name: AppName, { contracted, dailyQuota, callPackage }: Patch): void {
    const app = this.#apps[name];
    if (contracted !== undefined) app.contracted = contracted ?? DEFAULTS.contracted;
    if (dailyQuota !== undefined) app.dailyQuota = dailyQuota ?? DEFAULTS.dailyQuota;
    if (callPackage !== undefined) Object.assign(app, { callPackage, packageUsed: 0 });
  }

  reset(name: AppName): void {
    const app = this.#apps[name];
    app.usedByDay.clear();
    Object.assign(app, {
      ...CONFIGURED,
      packageUsed: 0,
      charged: 0,
      offsetMs: 0,
      frozenAtMs: undefined,
    });
    for (const token of this.#tokens) if (token.owner === app) this.#removed.add(token);
  }
}

function newApp(): App {
  return {
    ...CONFIGURED,
    packageUsed: 0,
    usedByDay: new Map(),
    charged: 0,
    offsetMs: 0,
    frozenAtMs: undefined,
  };
}

function isLive({ issuedAtMs }: Token, nowMs: number): boolean {
  return nowMs >= issuedAtMs && nowMs < issuedAtMs + TTL_MS;
}
