/** Programs that get a code, in each language and signing mode. The server generates them. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { answerOf, control } from '../api/control-client.js';
import type { Operation, ResultCodeRow, Snippet, Snippets } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { CopiedText } from '../parts/copied-text.js';
import { Tabs } from '../parts/tabs.js';
import { problemWords } from '../state/notices.js';
import { storedChoice } from '../state/stored-choice.js';

type Signing = Snippets['signing'];

const SIGNINGS = {
  loginTokenValidate: [
    { value: 'md5', text: 'MD5' },
    { value: 'rsa', text: 'RSA (SHA256withRSA)' },
  ],
  tokenValidate: [
    { value: 'hmac', text: 'HMACSHA256' },
    { value: 'rsa', text: 'RSA (MD5withRSA)' },
  ],
} as const satisfies Readonly<Record<Operation, readonly { readonly value: Signing; readonly text: string }[]>>;

const LANGUAGES = [
  { value: 'java', text: 'Java' },
  { value: 'go', text: 'Go' },
  { value: 'php', text: 'PHP' },
  { value: 'python', text: 'Python' },
  { value: 'node', text: 'Node' },
] as const satisfies readonly { readonly value: Snippet['language']; readonly text: string }[];

const programLanguage = storedChoice<Snippet['language']>({
  name: 'programLanguage',
  options: LANGUAGES.map(({ value }) => value),
  otherwise: 'java',
});

interface ProgramsProps {
  readonly operation: Operation;
  readonly code: string;
  readonly way: ResultCodeRow['ways'][number]['way'];
}

export function Programs({ operation, code, way }: ProgramsProps) {
  const signing = useSignal<Signing>(SIGNINGS[operation][0].value);
  const snippets = useSignal<readonly Snippet[]>([]);
  const problem = useSignal<string | undefined>(undefined);
  const mode = signing.value;
  useEffect(() => {
    let isCurrent = true;
    const params = { path: { operation, code }, query: { way, signing: mode } };
    answerOf(control.GET('/_mock/result-codes/{operation}/{code}/snippets', { params }))
      .then((found) => {
        if (!isCurrent) return;
        snippets.value = found.snippets;
        problem.value = undefined;
      })
      .catch((error) => {
        if (!isCurrent) return;
        snippets.value = [];
        problem.value = problemWords(error);
      });
    return () => {
      isCurrent = false;
    };
  }, [operation, code, way, mode]);
  const shown = snippets.value.find(({ language }) => language === programLanguage.value);
  return (
    <>
      <Tabs
        label={t('programs.signing')}
        options={SIGNINGS[operation]}
        value={mode}
        onChange={(value) => {
          signing.value = value;
        }}
      />
      <Tabs
        label={t('programs.language')}
        options={LANGUAGES}
        value={programLanguage.value}
        onChange={(value) => {
          programLanguage.value = value;
        }}
      />
      {problem.value !== undefined && <p class="wrong">{problem.value}</p>}
      {shown !== undefined && (
        <>
          <p class="hint">{t('programs.run', { file: shown.file, run: shown.run })}</p>
          <CopiedText text={shown.text} name={shown.file} />
        </>
      )}
    </>
  );
}
