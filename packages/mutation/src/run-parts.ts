import { appendToStepSummary, formatMarkdownTable, formatTable } from '@firstofficer/testing/table';
import type { Part } from './parts.ts';
import { computeScore, type MutationReport, type Score } from './score.ts';

/** What {@link runParts} needs. */
export interface RunPartsOptions {
  /** The parts to run, by name. */
  readonly parts: Readonly<Record<string, Part>>;
  /** Changes the code of a part and runs its tests. */
  run(name: string, part: Part): Promise<MutationReport>;
  /** Prints a line. */
  print(text: string): void;
}

interface Result {
  readonly name: string;
  readonly floor: number;
  readonly score: Score;
  readonly minutes: number;
}

const HEADINGS = ['', 'score', 'floor', 'killed', 'survived', 'timeout', 'no coverage', 'minutes'];

/**
 * Runs the mutation tests of parts, one after another, and prints a table of their scores.
 *
 * @returns Whether every part has a score that is not below its floor.
 * @example
 * const hasPassed = await runParts({ parts: PARTS, run: runStrykerOnPart, print: console.log });
 */
export async function runParts({ parts, run, print }: RunPartsOptions): Promise<boolean> {
  const results: Result[] = [];
  const failures: string[] = [];
  for (const [name, part] of Object.entries(parts)) {
    print(`\n› ${name}: ${part.folder}`);
    const start = performance.now();
    try {
      const score = computeScore(await run(name, part));
      results.push({ name, floor: part.floor, score, minutes: (performance.now() - start) / 60_000 });
      if (score.percent < part.floor) {
        failures.push(
          `${name}: the score of ${formatPercent(score.percent)} is below the floor of ${part.floor} %. Open the report, and add tests that notice the mutants that survived.`,
        );
      }
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  const rows = [HEADINGS, ...results.map(formatCells)];
  print(`\n${formatTable(rows)}`);
  for (const failure of failures) print(`\n✗ ${failure}`);
  await appendToStepSummary([
    '### Mutation tests',
    formatMarkdownTable(rows),
    failures.map((failure) => `- ❌ ${failure}`).join('\n'),
  ]);
  return failures.length === 0;
}

function formatCells({ name, floor, score, minutes }: Result): string[] {
  const { percent, killed, survived, timeout, noCoverage } = score;
  const counts = [killed, survived, timeout, noCoverage].map(String);
  return [name, formatPercent(percent), `${floor} %`, ...counts, minutes.toFixed(1)];
}

/** Rounds down, so that a score below the floor never looks like the floor. */
function formatPercent(percent: number): string {
  return `${(Math.floor(percent * 10) / 10).toFixed(1)} %`;
}
