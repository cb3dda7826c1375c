/** The invocation of the command, as shown in printed commands. */
import { expect, test } from 'vitest';
import { invocationOf } from '../../../mock-server/cli/command.js';

test.each([
  { description: 'a clone', script: '/srv/mock/dist/main.js', cwd: '/srv/mock', shown: 'node dist/main.js' },
  {
    description: 'from elsewhere',
    script: '/srv/mock/dist/main.js',
    cwd: '/home',
    shown: 'node /srv/mock/dist/main.js',
  },
  { description: 'a path with a space', script: '/my work/main.js', cwd: '/', shown: "node 'my work/main.js'" },
  {
    description: 'a dependency',
    script: '/app/node_modules/.bin/cmpassport-mock',
    cwd: '/app',
    shown: 'npx --no -- cmpassport-mock',
  },
  { description: 'a global package', script: '/usr/bin/cmpassport-mock', cwd: '/app', shown: 'cmpassport-mock' },
])('$description', ({ script, cwd, shown }) => {
  expect(invocationOf({ script, cwd })).toBe(shown);
});
