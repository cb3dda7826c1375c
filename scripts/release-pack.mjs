/** Writes the tarball of this commit into release/, alone: an older one next to it would only be mistaken for it. */
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pack } from './lib/pack.mjs';

const FOLDER = resolve('release');
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
const { filename } = pack(FOLDER);
console.log(`release/${filename}`);
