import type { Reporter, TestModule, TestSuite } from 'vitest/node';

/** A vitest reporter that prints a table: for each group, the number of servers for which the contract tests were right. */
export default class GroupTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap((module) => [...module.children.suites()]).map(countTests);
    if (rows.length === 0) return;
    const total = { group: 'total', passed: sum(rows, 'passed'), all: sum(rows, 'all') };
    const width = Math.max(...rows.map(({ group }) => group.length));
    const lines = [...rows, total].map(({ group, passed, all }) => {
      const rate = ((100 * passed) / all).toFixed(passed === all ? 0 : 1);
      return `  ${group.padEnd(width)}  ${`${passed}`.padStart(4)} of ${`${all}`.padStart(4)}  ${rate} %`;
    });
    console.log(`\nServers for which the contract tests were right\n\n${lines.join('\n')}\n`);
  }
}

interface Row {
  readonly group: string;
  readonly passed: number;
  readonly all: number;
}

function countTests(suite: TestSuite): Row {
  const tests = [...suite.children.allTests()];
  const passed = tests.filter((test) => test.result().state === 'passed').length;
  return { group: suite.name, passed, all: tests.length };
}

function sum(rows: readonly Row[], column: 'passed' | 'all'): number {
  return rows.reduce((total, row) => total + row[column], 0);
}
