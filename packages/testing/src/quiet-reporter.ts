import { DefaultReporter, type TestModule, type TestSpecification } from 'vitest/node';
import { formatRow } from './summary.ts';
import { rowOf } from './test-results.ts';

/** Prints one line for each package when its tests have ended, and failures in full at the end. */
export class QuietReporter extends DefaultReporter {
  // What a test printed is shown only if it fails.
  protected override silent = 'passed-only' as const;
  readonly #files = new Map<string, number>();
  readonly #ended = new Map<string, TestModule[]>();

  override onTestRunStart(specifications: readonly TestSpecification[]): void {
    super.onTestRunStart(specifications);
    for (const { project } of specifications) this.#files.set(project.name, (this.#files.get(project.name) ?? 0) + 1);
  }

  protected override printTestModule(module: TestModule): void {
    const { name } = module.project;
    const ended = [...(this.#ended.get(name) ?? []), module];
    this.#ended.set(name, ended);
    if (ended.length === this.#files.get(name)) this.log(formatRow(rowOf(name, ended)));
  }

  // The summary of all stages takes its place.
  override reportTestSummary(): void {}
}
