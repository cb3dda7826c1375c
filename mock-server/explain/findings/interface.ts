/** Requests of interfaces that the document does not describe. */
import { operationRow } from '../../../src/protocol/operations.js';
import type { Evidence, FindingRow } from '../finding.js';
import { type OtherInterface, otherInterfaceOf } from '../other-interface.js';

const SUCCESSOR = operationRow('loginTokenValidate');

export const INTERFACE_FINDINGS: readonly FindingRow[] = [
  {
    id: 'interface.not-simulated',
    inLog: ['interface', 'successor', 'version', 'path'],
    explains: [
      'urlRight',
      'bodyReadable',
      'tokenPresent',
      'parametersValid',
      'appKnown',
      'signValid',
      'phoneNumReadable',
      'numberMatches',
    ],
    title: { en: 'The request is for a different interface', zh: '请求属于另一个接口' },
    detail: {
      en: 'This is {interface}: a different interface, not simulated here. It is recognised by {recognisedBy}.',
      zh: '这是{interface}：另一个接口，这里不模拟。识别依据：{recognisedBy}。',
    },
    besides: {
      where: 'successor',
      detail: {
        en: ' Its successor is {successor}: flat JSON, version {version}, at {path}.',
        zh: '它的后继是 {successor}：参数平铺在一层 JSON 里，version 填 {version}，地址 {path}。',
      },
    },
    // A field of another interface is not misspelt.
    covers: [
      'url.wrong-path',
      'body.wrong-operation',
      'field.misspelt',
      'field.white-space',
      'field.missing',
      'field.malformed',
      'version.wrong',
      'encryption.unsupported',
      'token.empty',
      'sign.no-match',
      'phone.different',
    ],
    detect: (subject) => {
      const found = otherInterfaceOf(subject);
      return found === undefined ? [] : [evidenceOf(found)];
    },
  },
];

function evidenceOf({ id, name, recognisedBy }: OtherInterface): Evidence {
  const hasSuccessor = id === 'login-1.x' || id === 'login-1.2';
  const { operation: successor, version, path } = SUCCESSOR;
  return { interface: name, recognisedBy, ...(hasSuccessor && { successor, version, path }) };
}
