import { describe, expect, inject, test } from 'vitest';
import { findTypeErrors, listExpectedErrors, PROJECTS } from '../src/compiler.ts';
import { getPackageFolder } from './toolchains.ts';

describe.concurrent.for(Object.entries(PROJECTS))('a strict project for %s', ([, project]) => {
  test.for(['typescript-5.4', 'typescript-5.9', 'typescript-6.0'])(
    'has only the expected errors with %s',
    async (name) => {
      expect(await findTypeErrors(getPackageFolder(name), project, inject('consumer'))).toEqual(
        listExpectedErrors(project),
      );
    },
  );
});
