/** The programs that get a result code: a plan printed in each language. */
import type { Language } from '../choices.js';
import type { Target } from '../commands.js';
import { type Plan, planFor, type Wish } from '../plan.js';
import { goProgram } from './go.js';
import { javaProgram } from './java.js';
import { nodeProgram } from './node.js';
import { phpProgram } from './php.js';
import { pythonProgram } from './python.js';

interface LanguageRow {
  readonly language: Language;
  readonly file: string;
  readonly run: string;
  readonly print: (plan: Plan, run: string) => string;
}

const LANGUAGES: readonly LanguageRow[] = [
  { language: 'java', file: 'ResultCode.java', run: 'java ResultCode.java', print: javaProgram },
  { language: 'go', file: 'result_code.go', run: 'go run result_code.go', print: goProgram },
  { language: 'php', file: 'result_code.php', run: 'php result_code.php', print: phpProgram },
  { language: 'python', file: 'result_code.py', run: 'python3 result_code.py', print: pythonProgram },
  { language: 'node', file: 'result-code.mjs', run: 'node result-code.mjs', print: nodeProgram },
];

/** undefined where this server cannot answer with the code that way. */
export function snippetsFor(wish: Wish, target: Target) {
  const plan = planFor(wish, target);
  if (plan === undefined) return undefined;
  return LANGUAGES.map(({ language, file, run, print }) => ({ language, file, run, text: print(plan, run) }));
}
