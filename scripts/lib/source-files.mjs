/** The TypeScript files of the product. */
import { execFileSync } from 'node:child_process';

export function sourceFiles() {
  const listed = execFileSync('git', ['ls-files', 'src', 'mock-server', 'contracts', 'fixtures'], {
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => /\.tsx?$/.test(file));
}
