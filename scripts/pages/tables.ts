/** The generated tables by the name in `<!-- from: NAME -->`. */
import { answers } from './answers.js';
import { beyondProfile } from './beyond-profile.js';
import { calls } from './calls.js';
import { undone } from './captures.js';
import { clients } from './clients.js';
import { codes } from './codes.js';
import { configuration } from './configuration.js';
import { contents } from './contents.js';
import { entries } from './entries.js';
import { exitStatus } from './exit-status.js';
import { fields, query } from './fields.js';
import { flags } from './flags.js';
import { greenRun } from './green-run.js';
import { kit } from './kit.js';
import { frameworks, languages } from './languages.js';
import { limits } from './limits.js';
import { members } from './members.js';
import { metrics } from './metrics.js';
import { mistakes, mistakeTable } from './mistakes.js';
import { mockApp } from './mock-app.js';
import { operations } from './operations.js';
import { outcomes, testNumbers, ways } from './outcomes.js';
import type { Table } from './page.js';
import { problems } from './problems.js';
import { replicaFaults } from './replica-faults.js';
import { openPointTable, readings, rules } from './rules.js';
import { runtimes } from './runtimes.js';
import { smallLimit } from './small-limit.js';
import { symptoms } from './symptoms.js';
import { variables } from './variables.js';

export const TABLES: Readonly<Record<string, Table>> = {
  answers,
  'beyond-profile': beyondProfile,
  calls,
  clients,
  codes,
  configuration,
  contents,
  entries,
  'exit-status': exitStatus,
  fields,
  flags,
  frameworks,
  'green-run': greenRun,
  languages,
  kit,
  limits,
  members,
  metrics,
  'mistake-table': mistakeTable,
  mistakes,
  'mock-app': mockApp,
  'open-points': openPointTable,
  operations,
  outcomes,
  problems,
  query,
  readings,
  'replica-faults': replicaFaults,
  rules,
  runtimes,
  'small-limit': smallLimit,
  symptoms,
  'test-numbers': testNumbers,
  undone,
  variables,
  ways,
};
