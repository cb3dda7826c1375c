/** Writes the tarballs of this commit into release/, alone: older ones next to them would only be mistaken for them. */
import { mkdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { pack } from './lib/pack.mjs';

const FOLDER = resolve('release');
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
for (const { filename } of Object.values(pack(FOLDER))) console.log(`release/${filename}`);
