import { writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateChangedModules as generateClientModules } from '@firstofficer/client/generate';
import {
  checkSpec,
  type Problem,
  type RunningPreview,
  SOURCES,
  startPreview,
  watchSources,
} from '@firstofficer/docs/preview';
import { type Mock, startMock } from '@firstofficer/mock';
import { generateChangedModules as generateMockModules } from '@firstofficer/mock/generate';
import { formatAddress, formatSeconds } from './output.ts';
import { checkPorts, DOCS_PORT, MOCK_PORT, startOnPort } from './ports.ts';

/** Options of `pnpm dev`. */
export interface DevOptions {
  readonly mockPort?: number;
  readonly docsPort?: number;
  /** The file of the description. Default: spec/openapi.yaml. */
  readonly spec?: string;
  /** The folder of the generated files. Default: those of the client and of the mock. */
  readonly types?: string;
}

/**
 * Starts the mock and a preview of the docs. Whenever the description is saved, updates the generated files of the client
 * and of the mock, the mock and the docs. They run until this process ends.
 *
 * While the description is invalid, its problems are printed, and everything stays as it was.
 *
 * @throws Error if the description is invalid at the start, or a service cannot listen.
 * @example
 * await dev({ mockPort: 4010 });
 */
export async function dev({ spec = SOURCES.spec, types, ...ports }: DevOptions): Promise<void> {
  const mockPort = { ...MOCK_PORT, requested: ports.mockPort };
  const docsPort = { ...DOCS_PORT, requested: ports.docsPort };
  await checkPorts([mockPort, docsPort]);

  const problems = await checkSpec(spec);
  if (problems.length > 0) throw new Error(formatProblems(spec, problems));

  const sources = { ...SOURCES, spec };
  const mock = await startOnPort((port) => startMock({ port, spec }), mockPort);
  const docs = await startOnPort((port) => startPreview({ sources, port, shouldKeepLastPages: true }), docsPort);
  const update = runOneAtATime(() => updateAll({ spec, types, mock: mock.service, docs: docs.service }));
  watchSources(sources, update);
  await update();

  console.log(`\n${formatAddress('Mock', mock)}\n${formatAddress('Docs', docs)}`);
  console.log(`\n  Edit ${formatPath(spec)}, a guide or a sample. Press Ctrl-C to stop.\n`);
}

/** What to update when the description is saved. */
interface UpdateTargets {
  readonly spec: string;
  readonly types: string | undefined;
  readonly mock: Mock;
  readonly docs: RunningPreview;
}

async function updateAll({ docs, ...targets }: UpdateTargets): Promise<void> {
  const { spec } = targets;
  const startedAt = performance.now();
  // Checked once for all targets, because the linter takes most of the time.
  const checked = checkSpec(spec);
  const [specProblems, docsProblems] = await Promise.all([
    updateFromSpec(targets, checked).then((problems) => {
      if (problems.length === 0)
        console.log(`✓ Types, validators and mock are up to date (${formatSeconds(startedAt)}).`);
      return problems;
    }),
    docs.refresh(() => checked),
  ]);
  // The docs find the problems of the description, too.
  const problems = specProblems.length > 0 ? specProblems : docsProblems;
  console.log(
    problems.length > 0 ? formatProblems(spec, problems) : `✓ The docs are up to date (${formatSeconds(startedAt)}).`,
  );
}

/** Updates the types, the validators and the mock, or returns the problems of the description and changes nothing. */
async function updateFromSpec(
  { spec, types, mock }: Omit<UpdateTargets, 'docs'>,
  checked: Promise<readonly Problem[]>,
): Promise<readonly Problem[]> {
  try {
    const problems = await checked;
    if (problems.length > 0) return problems;
    const folder = types === undefined ? undefined : pathToFileURL(`${types}/`);
    const modules = [...(await generateClientModules(spec, folder)), ...(await generateMockModules(spec, folder))];
    await mock.reload();
    await Promise.all(modules.map(({ file, text }) => writeFile(file, text)));
    return [];
  } catch (error) {
    return [{ message: (error as Error).message, place: '' }];
  }
}

/** Returns a function that runs a task, but never twice at the same time. Calls during a run cause one further run. */
function runOneAtATime(task: () => Promise<void>): () => Promise<void> {
  let isRequested = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (isRequested) {
      isRequested = false;
      await task();
    }
  };
  return () => {
    isRequested = true;
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
}

function formatProblems(spec: string, problems: readonly Problem[]): string {
  const lines = problems.map(({ place, message }) => `  ${[place, message].filter(Boolean).join('\n    ')}`);
  return [`✗ ${formatPath(spec)} is invalid. Types, mock and docs stay as they were.`, ...lines].join('\n');
}

function formatPath(file: string): string {
  return relative(process.env.INIT_CWD ?? '.', file);
}
