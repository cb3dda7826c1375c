/** A mistake in flags, options or files: one line and exit status 2. */
import { type Bilingual, BilingualError, bilingual, COLON } from './bilingual.js';
import { codeOf, hasCode, messageOf } from './error-message.js';
import { printable } from './printable.js';

export class UsageError extends BilingualError {
  override readonly name = 'UsageError';

  /** A plain string is for developers, who read the message of an exception. */
  constructor(words: string | Bilingual) {
    super(typeof words === 'string' ? { en: words, zh: words } : words);
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
  return new UsageError(bilingual((language) => `${name[language]}${COLON[language]}${words[language]}`));
}

const FILE_PROBLEMS: readonly { readonly code: string; readonly problem: Bilingual }[] = [
  { code: 'ENOENT', problem: { en: 'the file does not exist: correct the path', zh: '文件不存在，请改正路径' } },
  {
    code: 'ENOTDIR',
    problem: { en: 'part of the path is not a folder: correct the path', zh: '路径中有一级不是目录，请改正路径' },
  },
  { code: 'EISDIR', problem: { en: 'is a folder, not a file: use a file', zh: '是目录，不是文件：请改用文件' } },
  { code: 'ELOOP', problem: { en: 'is a link to itself: use a file', zh: '是指向自身的链接：请改用文件' } },
  {
    code: 'EACCES',
    problem: { en: 'this user may not read it: change its permissions', zh: '当前用户没有读取权限，请修改权限' },
  },
];

/** Why a file cannot be read, or is not JSON. */
export function fileProblem(error: unknown): Bilingual {
  const row = FILE_PROBLEMS.find(({ code }) => hasCode(error, code));
  if (row !== undefined) return row.problem;
  const message = printable(messageOf(error).replace(/\s+/g, ' '));
  if (error instanceof SyntaxError) {
    return { en: `is not JSON (${message}): correct it`, zh: `不是合法的 JSON（${message}），请改正` };
  }
  return { en: `cannot be read (${message}): use another file`, zh: `无法读取（${message}），请换一个文件` };
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
