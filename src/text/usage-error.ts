/** A mistake in flags, options or files: one line and exit status 2. */
import { type Bilingual, BilingualError, bilingual, COLON } from './bilingual.js';
import { codeOf, hasCode, messageOf } from './error-message.js';
import { jsonMistake } from './json-position.js';
import { printable } from './printable.js';

export class UsageError extends BilingualError {
  override readonly name = 'UsageError';
  /** The id of the message in its catalogue. */
  readonly id: string | undefined;

  /** A plain string is for developers, who read the message of an exception. */
  constructor(words: string | Bilingual, id?: string) {
    super(typeof words === 'string' ? { en: words, zh: words } : words);
    this.id = id;
  }
}

/** The words of any error. The message of one that is not ours is the same in both languages. */
export function wordsOf(error: unknown): Bilingual {
  if (error instanceof BilingualError) return error.words;
  const message = messageOf(error);
  return { en: message, zh: message };
}

/** An error about a file, after the name of the file: a flag with its value, or a text. */
export function fileError(named: string | Bilingual, error: unknown): UsageError {
  const words = error instanceof BilingualError ? error.words : fileProblem(error);
  const { words: name } = new UsageError(named);
  return new UsageError(
    bilingual((language) => `${name[language]}${COLON[language]}${words[language]}`),
  );
}

/** The value of a JSON text. Throws a UsageError with the place of the mistake. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { en, zh } = jsonMistake(text);
    throw new UsageError({
      en: `is not JSON (${printable(en)}): correct it`,
      zh: `不是合法的 JSON（${printable(zh)}），请改正`,
    });
  }
}

const FILE_PROBLEMS: readonly { readonly code: string; readonly problem: Bilingual }[] = [
  {
    code: 'ENOENT',
    problem: { en: 'the file does not exist: correct the path', zh: '文件不存在，请改正路径' },
  },
  {
    code: 'ENOTDIR',
    problem: {
      en: 'part of the path is not a folder: correct the path',
      zh: '路径中有一级不是目录，请改正路径',
    },
  },
  {
    code: 'EISDIR',
    problem: { en: 'is a folder, not a file: use a file', zh: '这是目录，请指定文件' },
  },
  {
    code: 'ELOOP',
    problem: { en: 'is a link to itself: use a file', zh: '这是指向自身的链接，请指定文件' },
  },
  {
    code: 'EACCES',
    problem: {
      en: 'this user may not read it: change its permissions',
      zh: '当前用户没有读取权限，请修改权限',
    },
  },
];

/** Why a file cannot be read. */
function fileProblem(error: unknown): Bilingual {
  const row = FILE_PROBLEMS.find(({ code }) => hasCode(error, code));
  if (row !== undefined) return row.problem;
  const message = printable(messageOf(error).replace(/\s+/g, ' '));
  return {
    en: `cannot be read (${message}): use another file`,
    zh: `无法读取（${message}），请换一个文件`,
  };
}

/** Writes a file. Throws a UsageError with the setting that has the path. */
export function writing<T>(setting: string, path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error) ?? messageOf(error);
    throw new UsageError({
      en: `${setting} must be writable, found ${path} (${code}). Choose another path.`,
      zh: `${setting} 应可写，实际为 ${path}（${code}）。请换一个路径。`,
    });
  }
}
