/** The command that makes an example program get a code, for each language. The programs are in examples/first-exchange. */
import type { Operation } from '../api/schemas.js';
import { t } from '../messages/message.js';
import { ShellText } from '../parts/shell-text.js';
import { Tabs } from '../parts/tabs.js';
import { storedChoice } from '../state/stored-choice.js';

const PROGRAMS = [
  { value: 'java', text: 'Java', run: 'java FirstExchange.java' },
  { value: 'go', text: 'Go', run: 'go run main.go' },
  { value: 'php', text: 'PHP', run: 'php first_exchange.php' },
  { value: 'python', text: 'Python', run: 'python3 first_exchange.py' },
  { value: 'node', text: 'Node', run: 'node first-exchange.mjs' },
] as const;

const chosen = storedChoice<(typeof PROGRAMS)[number]['value']>({
  name: 'programLanguage',
  options: PROGRAMS.map(({ value }) => value),
  otherwise: 'java',
});

interface ProgramsProps {
  readonly operation: Operation;
  readonly code: string;
}

export function Programs({ operation, code }: ProgramsProps) {
  const variables = `CMPASSPORT_BASE=${location.origin} CMPASSPORT_OPERATION=${operation} CMPASSPORT_RESULT_CODE=${code}`;
  const program = PROGRAMS.find(({ value }) => value === chosen.value);
  return (
    <>
      <Tabs
        label={t('programs.language')}
        options={PROGRAMS}
        value={chosen.value}
        onChange={(value) => {
          chosen.value = value;
        }}
      />
      <p class="hint">{t('programs.does')}</p>
      {program !== undefined && <ShellText text={`${variables} ${program.run}`} name={program.text} />}
    </>
  );
}
