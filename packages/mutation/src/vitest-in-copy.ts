// The vitest configuration of mutation tests. Stryker loads it in its copy of the workspace.
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import type { Part } from './parts.ts';

const { folder, excludedTests }: Part = JSON.parse(process.env.MUTATION_PART ?? '{}');
const root = join(process.cwd(), folder);

/** Runs short test files first: the tests of a mutant end at the first failure. */
class ShortestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).reverse();
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: ShortestFirst },
    projects: [
      {
        extends: join(root, 'vitest.config.ts'),
        root,
        test: {
          include: ['test/**/*.test.ts'],
          exclude: [...excludedTests],
          typecheck: { enabled: false },
          // Many mutants make a test wait forever. On an idle machine, each test ends within two seconds.
          testTimeout: 20_000,
        },
      },
    ],
  },
});
