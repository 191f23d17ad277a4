import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCommand, EXIT, resolvePath, UsageError } from '@firstofficer/common/command';
import { InvalidArgumentError } from 'commander';
import type { DescribedMuseum } from '../selftest/museum/described-museum.ts';
import { conformingMuseums, KEY, museumFaultGroups, startDescribedMuseum } from '../selftest/museum/index.ts';
import { ourTool } from './our-tool.ts';
import { installSchemathesis, schemathesis } from './schemathesis.ts';
import type { Tool, ToolRun } from './tool.ts';

// Exit when the parent process, `pnpm bench contract`, has ended.
process.once('disconnect', () => process.exit(EXIT.failed));

const program = createCommand('pnpm --filter @firstofficer/contract bench')
  .description('Compares the contract tests with Schemathesis: found faults, false alarms and time.')
  .option('--faults <pattern>', 'only faults and conforming servers whose group or name matches', parsePattern, /./)
  .option('--rounds <number>', 'runs against the correct server to measure the time', parseCount, 5)
  .option('--jobs <number>', 'servers that are tested at the same time, except for measuring the time', parseCount, 1)
  .option('--json <file>', 'file to write the results to', resolvePath)
  .parse();

interface Options {
  readonly faults: RegExp;
  readonly rounds: number;
  readonly jobs: number;
  readonly json?: string;
}

const TOOLS = [ourTool, schemathesis];
const CONFORMING = 'conforming servers with a false alarm';

/** A museum that both tools test. */
interface Museum extends DescribedMuseum {
  readonly group: string;
  readonly name: string;
  /** The checks of our tool that must report a fault. */
  readonly checks?: readonly string[];
}

/** The findings of a tool that it does not have for the correct museum. */
interface Result {
  readonly tool: string;
  readonly museum: Museum;
  /** The checks of the findings. */
  readonly checks: readonly string[];
}

try {
  await installSchemathesis();
  await compare(program.opts<Options>());
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = EXIT.usage;
}

async function compare({ faults, rounds, jobs, json }: Options): Promise<void> {
  const correct: Museum = { group: 'correct', name: 'is correct', variant: {} };
  const baselines = new Map<Tool, ToolRun[]>(TOOLS.map((tool) => [tool, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [tool, runs] of baselines) runs.push(await runTool(tool, correct));
  }
  const results: Result[] = [];
  const waiting = listMuseums().filter(({ group, name }) => faults.test(`${group}: ${name}`));
  const total = waiting.length;
  const work = async () => {
    for (let museum = waiting.shift(); museum; museum = waiting.shift()) {
      for (const [tool, runs] of baselines) {
        const known = new Set(runs.flatMap(({ findings }) => findings.map(({ key }) => key)));
        const { findings } = await runTool(tool, museum);
        const checks = new Set(findings.filter(({ key }) => !known.has(key)).map(({ check }) => check));
        results.push({ tool: tool.name, museum, checks: [...checks] });
      }
      console.error(`${results.length / TOOLS.length} of ${total}: ${museum.name}`);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  printReport(results, baselines);
  if (json !== undefined)
    await writeFile(
      json,
      JSON.stringify(
        results.map(({ museum, ...result }) => ({
          ...result,
          group: museum.group,
          name: museum.name,
          named: museum.checks,
        })),
        null,
        2,
      ),
    );
}

function listMuseums(): Museum[] {
  return [
    ...museumFaultGroups.flatMap(({ name: group, faults }) => faults.map((fault) => ({ group, ...fault }))),
    ...conformingMuseums.slice(1).map((museum) => ({ group: CONFORMING, ...museum })),
  ];
}

async function runTool(tool: Tool, museum: Museum): Promise<ToolRun> {
  const folder = await mkdtemp(join(tmpdir(), 'museum-bench-'));
  try {
    await using running = await startDescribedMuseum(museum);
    return await tool.run({ url: running.url, spec: running.spec, key: KEY, folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function printReport(results: readonly Result[], baselines: ReadonlyMap<Tool, readonly ToolRun[]>): void {
  const groups = Map.groupBy(results, ({ museum: { group } }) => group);
  const count = (group: readonly Result[], tool: Tool) =>
    group.filter((result) => result.tool === tool.name && result.checks.length > 0).length;
  const isFault = ({ museum: { group } }: Result) => group !== CONFORMING;
  const faults = results.filter(isFault);
  const rows = [
    ['', ...TOOLS.map(({ name }) => name), 'servers'],
    ...[...groups].map(([name, group]) => [
      name,
      ...TOOLS.map((tool) => String(count(group, tool))),
      String(group.length / TOOLS.length),
    ]),
    ['all faults', ...TOOLS.map((tool) => String(count(faults, tool))), String(faults.length / TOOLS.length)],
    ['findings for the correct server', ...TOOLS.map((tool) => String(countBaseline(baselines.get(tool) ?? []))), ''],
    [
      'seconds for the correct server, median',
      ...TOOLS.map((tool) => computeMedian((baselines.get(tool) ?? []).map(({ seconds }) => seconds)).toFixed(1)),
      '',
    ],
  ];
  console.log(`\n${formatMarkdownTable(rows)}`);
  for (const {
    tool,
    museum: { name, checks: named = [] },
    checks,
  } of faults) {
    if (tool !== ourTool.name) continue;
    if (checks.length === 0) console.log(`Not found: ${name}`);
    else if (!checks.some((check) => named.includes(check))) {
      console.log(`Found by another check than ${named.join(' or ')}: ${name} (${checks.join(', ')})`);
    }
  }
}

function countBaseline(runs: readonly ToolRun[]): number {
  return new Set(runs.flatMap(({ findings }) => findings.map(({ key }) => key))).size;
}

function computeMedian(sample: readonly number[]): number {
  return sample.toSorted((a, b) => a - b)[Math.floor(sample.length / 2)] ?? Number.NaN;
}

/** Formats a Markdown table. The first row has the headings. The first column is left-aligned. */
function formatMarkdownTable([headings = [], ...rows]: readonly (readonly string[])[]): string {
  const all = [headings, headings.map((_, column) => (column === 0 ? '---' : '--:')), ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function parsePattern(value: string): RegExp {
  try {
    return new RegExp(value);
  } catch {
    throw new InvalidArgumentError('It must be a regular expression.');
  }
}

function parseCount(value: string): number {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError('It must be an integer from 1 to 99.');
  return Number(value);
}
