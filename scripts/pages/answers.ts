/** The answers of the client: what each kind has, from its type. */
import { type Bilingual, type Language, LIST_COMMA } from '../../src/text/bilingual.js';
import { literalsIn, membersIn } from './docstrings.js';
import { code, table } from './markdown.js';

const CLIENT = 'src/client';

interface AnswerRow {
  readonly call: Bilingual;
  readonly file: string;
  readonly type: string;
  /** The codes of an answer that has no literal one. */
  readonly codes?: Bilingual;
  /** The types that it extends, without that of all answers. */
  readonly more?: readonly string[];
}

const same = (text: string): Bilingual => ({ en: text, zh: text });
const ALL: Bilingual = { en: 'all', zh: '全部' };

const ANSWERS: readonly AnswerRow[] = [
  { call: same('`getPhoneNumber`'), file: 'answers', type: 'ObtainedNumber' },
  { call: same('`verifyPhoneNumber`'), file: 'answers', type: 'OwnNumber', more: ['Echo'] },
  { call: same('`verifyPhoneNumber`'), file: 'answers', type: 'NotOwnNumber', more: ['Echo'] },
  { call: same('`getH5PhoneNumber`'), file: 'h5', type: 'H5ObtainedNumber' },
  {
    call: ALL,
    file: 'refusal',
    type: 'Refusal',
    codes: { en: 'every other documented code', zh: '文档里的其他返回码' },
  },
  {
    call: ALL,
    file: 'refusal',
    type: 'UnknownCode',
    codes: { en: 'any other code', zh: '其他返回码' },
  },
];

const HEAD = {
  en: ['Call', '`kind`', 'Code', 'Own members'],
  zh: ['调用', '`kind`', '返回码', '自己的成员'],
};
/** What every answer has. */
const OF_ALL = ['kind', 'resultCode', 'charged', 'taskId'];

export function answers(language: Language): string {
  return table(
    HEAD[language],
    ANSWERS.map(({ call, file, type, codes, more = [] }) => {
      const path = `${CLIENT}/${file}.ts`;
      const literals = literalsIn(path, type);
      const names = [type, ...more].flatMap((each) =>
        membersIn(path, each).map(({ name }) => name),
      );
      return [
        call[language],
        code(literals.get('kind') ?? ''),
        codes?.[language] ?? code(literals.get('resultCode') ?? ''),
        names
          .filter((name) => !OF_ALL.includes(name))
          .map(code)
          .join(LIST_COMMA[language]),
      ];
    }),
  );
}
