import { describe, expect, inject, test } from 'vitest';
import { diagnose, type Project } from '../src/compiler.ts';

const STRICT = {
  strict: true,
  skipLibCheck: false,
  // TypeScript need not check its own library each time.
  skipDefaultLibCheck: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  target: 'es2022',
  types: [],
};

const PROJECTS: Readonly<Record<string, Project>> = {
  'Node, as ES module and as CommonJS': {
    compilerOptions: { ...STRICT, module: 'nodenext' },
    files: { 'module.mts': 'usage', 'commonjs.cts': 'usage', 'mistake.mts': 'mistake', 'mistake.cts': 'mistake' },
  },
  'a bundler': {
    compilerOptions: { ...STRICT, module: 'esnext', moduleResolution: 'bundler' },
    files: { 'usage.ts': 'usage', 'mistake.ts': 'mistake' },
  },
};

describe.concurrent.for(Object.entries(PROJECTS))('a strict project for %s', ([, project]) => {
  // The mistakes are to be found wherever they are, and nothing else.
  const mistakes = Object.keys(project.files)
    .filter((file) => file.startsWith('mistake'))
    .toSorted()
    .flatMap((file) => [`${file}(6,14): error TS2322`, `${file}(7,41): error TS2345`]);

  test.for(['typescript-5.4', 'typescript-5.9', 'typescript-6.0', 'typescript'])('with %s', async (typescript) => {
    expect(await diagnose(typescript, project, inject('consumer'))).toEqual(mistakes);
  });
});
