/** The rules as an explanation evaluates them: the rules of a decision, in its order, each separately. */
import { describe, expect, test } from 'vitest';
import { rulesFor } from '../../../mock-server/carrier/engine/decide.js';
import { LOGIN_TOKEN_VALIDATE_RULES } from '../../../mock-server/carrier/engine/rules/login-token-validate.js';
import { TOKEN_VALIDATE_RULES } from '../../../mock-server/carrier/engine/rules/token-validate.js';
import { IP, judge, loginBody, NOW_MS, type Scene, verifyBody } from '../../support/engine.js';

const OPERATIONS = [
  { operation: 'loginTokenValidate', rules: LOGIN_TOKEN_VALIDATE_RULES, body: loginBody(), success: '103000' },
  { operation: 'tokenValidate', rules: TOKEN_VALIDATE_RULES, body: verifyBody(), success: '000' },
] as const;

type Row = (typeof OPERATIONS)[number];

function evaluate({ operation, body }: Pick<Row, 'operation'> & { readonly body: unknown }, scene: Scene = {}) {
  const { request, state, decision } = judge(operation, body, scene);
  return { rules: rulesFor(request, state, { nowMs: NOW_MS, clientIp: IP }), decision };
}

describe.each(OPERATIONS)('$operation', (row) => {
  test('has its rules in order, each with its basis', () => {
    const { rules } = evaluate(row);
    const actual = rules.map(({ requires, basis }) => ({ requires, basis }));
    expect(actual).toEqual(row.rules.map(({ requires, basis }) => ({ requires, basis })));
  });

  test('all hold for a valid request', () => {
    const { rules, decision } = evaluate(row);
    expect(rules.filter(({ holds }) => !holds())).toEqual([]);
    expect(decision.resultCode).toBe(row.success);
  });

  test('the first that does not hold decides', () => {
    const { rules, decision } = evaluate(row, { token: { usedBy: 'abc123-0123456789abcdef' } });
    const unmet = rules.find(({ holds }) => !holds());
    expect([unmet?.requires, unmet?.otherwise]).toEqual([decision.decidedBy, decision.resultCode]);
    expect(decision.decidedBy).toBe('tokenUnused');
  });
});

test('a code that depends on a reading follows the app’s option', () => {
  const scene: Scene = { readings: { 'verify-quota-code': '102315' } };
  const { rules } = evaluate({ operation: 'tokenValidate', body: verifyBody() }, scene);
  expect(rules.find(({ requires }) => requires === 'callsLeft')?.otherwise).toBe('102315');
});
