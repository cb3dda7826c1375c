/** Requests for interfaces that the document does not describe. */
import { operationRow } from '../../../src/protocol/operations.js';
import type { Evidence, FindingRow } from '../finding.js';
import { otherInterfaceOf, type RecognisedInterface } from '../other-interface.js';

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
      en: 'The request is for {interface}. This is a different interface, which the mock does not simulate. Recognised by: {recognisedBy}.',
      zh: '这个请求属于{interface}，模拟服务没有实现这个接口。识别依据：{recognisedBy}。',
    },
    addition: {
      ifPresent: 'successor',
      detail: {
        en: ' Use its successor, {successor}: flat JSON, version {version}, at {path}.',
        zh: '这个接口已由 {successor} 取代：参数都在一层 JSON 里，version 填 {version}，路径是 {path}。',
      },
    },
    // The fields of another interface are not mistakes.
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
      return found === undefined ? [] : [interfaceEvidence(found)];
    },
  },
];

function interfaceEvidence({ id, name, recognisedBy }: RecognisedInterface): Evidence {
  const hasSuccessor = id === 'login-1.x' || id === 'login-1.2';
  const { operation: successor, version, path } = SUCCESSOR;
  return { interface: name, recognisedBy, ...(hasSuccessor && { successor, version, path }) };
}
