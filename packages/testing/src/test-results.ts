import type { TestCase, TestModule, TestSuite } from 'vitest/node';
import type { Row, Skip, StageResult } from './result.ts';

/** Counts the results of test files by package. */
export function resultOf(modules: readonly TestModule[]): StageResult {
  const packages = Map.groupBy(modules, ({ project }) => project.name);
  return {
    rows: [...packages].map(([name, own]) => rowOf(name, own)).sort((a, b) => (a.name < b.name ? -1 : 1)),
    skips: [...packages].flatMap(([name, own]) => skipsOf(name, own)),
  };
}

/** Counts the results of one package's test files. */
export function rowOf(name: string, modules: readonly TestModule[]): Row {
  const tests = testsOf(modules);
  const inState = (state: string) => tests.filter((test) => test.result().state === state).length;
  return {
    name,
    passed: inState('passed'),
    // A file that does not load and a hook that throws fail without a failed test.
    failed: inState('failed') + modules.flatMap(errorsOutsideTests).length,
    skipped: inState('skipped'),
    seconds: secondsOf(modules),
  };
}

function skipsOf(name: string, modules: readonly TestModule[]): Skip[] {
  const reasons = testsOf(modules).flatMap((test) => {
    const result = test.result();
    return result.state === 'skipped' ? [result.note ?? `no reason given (${test.fullName})`] : [];
  });
  return [...Map.groupBy(reasons, (reason) => reason)].map(([reason, { length }]) => ({ name, reason, tests: length }));
}

function testsOf(modules: readonly TestModule[]): TestCase[] {
  return modules.flatMap((module) => [...module.children.allTests()]);
}

function errorsOutsideTests(module: TestModule): unknown[] {
  return [module, ...module.children.allSuites()].flatMap((entity: TestModule | TestSuite) => entity.errors());
}

/** Adds up the time of each file: imports, hooks and tests. Files run side by side, so the run itself is shorter. */
function secondsOf(modules: readonly TestModule[]): number {
  const times = modules.map((module) => {
    const { collectDuration, prepareDuration, environmentSetupDuration, setupDuration, duration } = module.diagnostic();
    return collectDuration + prepareDuration + environmentSetupDuration + setupDuration + duration;
  });
  return times.reduce((sum, time) => sum + time, 0) / 1000;
}
