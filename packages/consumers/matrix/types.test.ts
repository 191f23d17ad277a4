import { describe, expect, inject, test } from 'vitest';
import { diagnose } from '../src/compiler.ts';
import { expectedErrors, PROJECTS } from '../src/projects.ts';
import { packageFolder } from './toolchains.ts';

describe.concurrent.for(Object.entries(PROJECTS))('a strict project for %s', ([, project]) => {
  test.for(['typescript-5.4', 'typescript-5.9', 'typescript-6.0'])(
    'finds its mistakes and nothing else with %s',
    async (name) => {
      expect(await diagnose(packageFolder(name), project, inject('consumer'))).toEqual(expectedErrors(project));
    },
  );
});
