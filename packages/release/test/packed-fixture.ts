import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createTemporaryFolder as createFolder } from '@firstofficer/common/testing';
import { onTestFinished } from 'vitest';
import type { CheckContext } from '../src/checks/check.ts';
import { type PackedPackage, unpackTarball } from '../src/tarball.ts';

const run = promisify(execFile);

/** The files of a package by path. A file that is null is not in the package. */
export type Files = Readonly<Record<string, string | null>>;

/** Members of a `package.json`. A member that is null is not in it. */
export type Members = Readonly<Record<string, unknown>>;

const LICENSE = 'MIT License\n\nCopyright (c) FirstOfficer\n';

const MEMBERS: Members = {
  name: '@firstofficer/example',
  version: '1.2.3',
  license: 'MIT',
  type: 'module',
  sideEffects: false,
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  bin: { example: 'bin/example.js' },
  files: ['bin', 'dist', 'src'],
  engines: { node: '>=24' },
  dependencies: { '@firstofficer/common': '0.1.0', commander: '15.1.0' },
};

const FILES: Files = {
  LICENSE,
  'README.md': '# Example\n',
  'bin/example.js': "#!/usr/bin/env node\nimport '../dist/index.js';\n",
  'dist/index.js':
    "import { Command } from 'commander';\nexport const command = new Command();\n//# sourceMappingURL=index.js.map\n",
  'dist/index.js.map': JSON.stringify({ version: 3, sources: ['../src/index.ts'], mappings: '' }),
  'dist/index.d.ts': "import { Command } from 'commander';\nexport declare const command: Command;\n",
  'src/index.ts': "import { Command } from 'commander';\nexport const command = new Command();\n",
};

/** Packs a package that passes all checks, with other files or members of its `package.json`. */
export async function packFixture({
  files = {},
  members = {},
}: {
  files?: Files;
  members?: Members;
} = {}): Promise<PackedPackage> {
  const folder = await createTemporaryFolder();
  const manifest = Object.fromEntries(Object.entries({ ...MEMBERS, ...members }).filter(([, value]) => value !== null));
  const all = { ...FILES, 'package.json': JSON.stringify(manifest), ...files };
  for (const [path, text] of Object.entries(all)) {
    if (text === null) continue;
    const file = join(folder, 'package', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    if (path.startsWith('bin/') && !text.includes('not executable')) await chmod(file, 0o755);
  }
  const tarball = join(folder, 'example.tgz');
  await run('tar', ['-czf', tarball, '-C', folder, 'package']);
  return unpackTarball(tarball, join(folder, 'unpacked'));
}

/** What the checks compare the fixture with. */
export const CONTEXT: CheckContext = {
  versions: new Map([
    ['@firstofficer/example', '1.2.3'],
    ['@firstofficer/common', '0.1.0'],
  ]),
  license: LICENSE,
  expectation: { packedKb: 3, unpackedKb: 6, files: ['bin/*.js', 'dist/**/*.{js,d.ts,js.map}', 'src/**/*.ts'] },
  localFolders: ['/home/ada/project'],
};

/** Creates a folder that is removed when the test is finished. */
export function createTemporaryFolder(): Promise<string> {
  return createFolder({ onTestFinished }, {});
}
