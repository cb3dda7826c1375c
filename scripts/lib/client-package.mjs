/** The package of the client: its name, its manifest and its files. The rest of the project is the package of the mock. */
import { readdirSync } from 'node:fs';

export const CLIENT = 'cmpassport-client';

/** From the manifest of the project. */
export function clientManifest({ version, license, homepage, repository, bugs, type, engines }) {
  return {
    name: CLIENT,
    version,
    description:
      'A client of China Mobile cmpassport for Node: one-tap login (loginTokenValidate), number verification (tokenValidate) and the login of H5 pages (h5TokenValidate). No dependencies.',
    keywords: [
      'cmpassport',
      'china-mobile',
      'one-tap-login',
      'number-verification',
      'loginTokenValidate',
      'tokenValidate',
      'h5TokenValidate',
    ],
    license,
    homepage,
    repository: { ...repository, directory: 'src' },
    bugs,
    type,
    sideEffects: false,
    engines,
    main: './dist/index.cjs',
    types: './types/index.d.cts',
    exports: {
      '.': {
        import: { types: './types/index.d.ts', default: './dist/index.mjs' },
        require: { types: './types/index.d.cts', default: './dist/index.cjs' },
      },
      './package.json': './package.json',
    },
  };
}

/** The built folders. The package of the mock has neither. */
const BUILT = { dist: `dist/${CLIENT}`, types: `types/${CLIENT}` };
const OTHERS = {
  'src/README.md': 'README.md',
  'src/README.zh-CN.md': 'README.zh-CN.md',
  LICENSE: 'LICENSE',
  NOTICE: 'NOTICE',
};

/** The files, from their path here to that in the package. */
export function clientFiles() {
  const built = Object.entries(BUILT).flatMap(([to, from]) =>
    readdirSync(from).map((name) => [`${from}/${name}`, `${to}/${name}`]),
  );
  return new Map([...built, ...Object.entries(OTHERS)]);
}
