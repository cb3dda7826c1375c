/** tokenValidate's responses as answers or errors. */
import { describe, expect, test } from 'vitest';
import { processTokenValidateResponse, ResponseFormatError } from '../../../src/index.js';
import { loginText, MSG_ID, received, thrown, verifyText } from '../../http/client/scene.js';

const VERIFY = { operation: 'tokenValidate', msgId: MSG_ID } as const;

const verify = (text: string) => processTokenValidateResponse({ request: VERIFY, response: received(text) });

describe('verify', () => {
  test('000 is the phone’s own number, for any appId in the header', () => {
    const answer = verify(verifyText());
    expect({ ...answer }).toEqual({
      kind: 'ownNumber',
      resultCode: '000',
      charged: true,
      taskId: 'b62585d15ee34869bd3c7e6ad62688e2',
      message: undefined,
      expandParams: undefined,
    });
  });

  test('001 is another number, with the accessToken of the response', () => {
    const accessToken = '0123456789abcdef0123456789abcdef';
    const header = { resultCode: '001' };
    expect(verify(verifyText({ header, body: { accessToken } }))).toMatchObject({
      kind: 'notOwnNumber',
      resultCode: '001',
      accessToken,
      next: 'fallBackToSms',
      charged: true,
    });
    for (const none of [undefined, null, '', 7]) {
      expect({ ...verify(verifyText({ header, body: { accessToken: none } })) }).toMatchObject({
        accessToken: undefined,
      });
    }
  });

  test.each(['000', '606'])('an accessToken with %s is ignored', (resultCode) => {
    const answer = verify(verifyText({ header: { resultCode }, body: { accessToken: 'a'.repeat(32) } }));
    expect(answer).not.toHaveProperty('accessToken');
  });

  test('message and expandParams of the response are decoded', () => {
    const body = { message: '%E4%BD%A0%E5%A5%BD+%261', expandParams: 'a%3D1%7Cb%3Dx%3Dy%7Cc' };
    for (const resultCode of ['000', '001', '606', '777']) {
      expect(verify(verifyText({ header: { resultCode }, body }))).toMatchObject({
        message: '你好 &1',
        expandParams: { a: '1', b: 'x=y', c: '' },
      });
    }
  });

  test('a message that cannot be decoded is returned as received', () => {
    expect(verify(verifyText({ body: { message: '100%' } }))).toMatchObject({ message: '100%' });
  });

  test('an expandParam named __proto__ is an ordinary one', () => {
    const { expandParams } = verify(verifyText({ body: { expandParams: '__proto__%3D1' } })) as {
      expandParams: object;
    };
    expect(Object.entries(expandParams)).toEqual([['__proto__', '1']]);
    expect(Object.getPrototypeOf(expandParams)).toBe(Object.prototype);
  });

  test('a refusal needs no body', () => {
    const text = JSON.stringify({ header: { msgId: MSG_ID, resultCode: '999' } });
    expect(verify(text)).toMatchObject({ kind: 'refused', resultCode: '999', next: 'retryLater', taskId: undefined });
  });

  test.each([
    { description: 'no header', text: '{"body":{}}', field: 'header' },
    { description: 'a header that is an array', text: '{"header":[]}', field: 'header' },
    { description: 'a header that is null', text: '{"header":null}', field: 'header' },
    { description: 'a flat response as at login', text: loginText(), field: 'header' },
    {
      description: 'no resultCode',
      text: verifyText({ header: { resultCode: undefined } }),
      field: 'header.resultCode',
    },
    { description: 'a resultCode of 0', text: verifyText({ header: { resultCode: 0 } }), field: 'header.resultCode' },
    {
      description: 'a success without a body',
      text: JSON.stringify({ header: { msgId: MSG_ID, resultCode: '000' } }),
      field: 'body',
    },
    {
      description: 'a success without a taskId',
      text: verifyText({ body: { taskId: undefined } }),
      field: 'body.taskId',
    },
    { description: 'an array', text: '[]', field: '' },
    { description: 'null', text: 'null', field: '' },
    { description: 'a text', text: '"000"', field: '' },
    { description: 'a number', text: '0', field: '' },
  ])('$description is a format error', ({ text, field }) => {
    const error = thrown(() => verify(text), ResponseFormatError);
    expect(error).toMatchObject({ field, maybeSent: true, operation: 'tokenValidate' });
  });

  test('102315, which the document no longer has, is unknown', () => {
    expect(verify(verifyText({ header: { resultCode: '102315' } }))).toMatchObject({ kind: 'unknownCode' });
  });
});
