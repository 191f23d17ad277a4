import type { Reporter, TestModule, TestSuite } from 'vitest/node';

/** Prints for each group how many of its servers were judged correctly. */
export default class KillTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap((module) => [...module.children.suites()]).map(rowOf);
    if (rows.length === 0) return;
    const total = { group: 'in all', right: sum(rows, 'right'), all: sum(rows, 'all') };
    const width = Math.max(...rows.map(({ group }) => group.length));
    const lines = [...rows, total].map(({ group, right, all }) => {
      const rate = ((100 * right) / all).toFixed(right === all ? 0 : 1);
      return `  ${group.padEnd(width)}  ${`${right}`.padStart(4)} of ${`${all}`.padStart(4)}  ${rate} %`;
    });
    console.log(`\nServers that were judged correctly\n\n${lines.join('\n')}\n`);
  }
}

interface Row {
  readonly group: string;
  readonly right: number;
  readonly all: number;
}

function rowOf(suite: TestSuite): Row {
  const tests = [...suite.children.allTests()];
  const right = tests.filter((test) => test.result().state === 'passed').length;
  return { group: suite.name, right, all: tests.length };
}

function sum(rows: readonly Row[], column: 'right' | 'all'): number {
  return rows.reduce((total, row) => total + row[column], 0);
}
