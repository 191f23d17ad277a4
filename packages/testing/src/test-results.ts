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

/** The time in which files of a package ran, in whole or in part beside those of others. */
function secondsOf(modules: readonly TestModule[]): number {
  const times = modules.map((module) => {
    const { startTime = 0 } = module.task.result ?? {};
    const { collectDuration, prepareDuration, environmentSetupDuration, setupDuration, duration } = module.diagnostic();
    const before = collectDuration + prepareDuration + environmentSetupDuration + setupDuration;
    return { start: startTime - before, end: startTime + duration };
  });
  if (times.length === 0) return 0;
  return (Math.max(...times.map(({ end }) => end)) - Math.min(...times.map(({ start }) => start))) / 1000;
}
