import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import type { Descriptions } from '../gate/compare.ts';
import { shorten } from '../text.ts';
import { createSandbox, findTag, type Sandbox } from './sandbox.ts';

/** The result of the client of one description against the mock of another. */
export interface ClientRun {
  /** What ran, such as `the client of 2.2.1 against the mock of 2.2.2`. */
  readonly title: string;
  /** Where the sources of the client come from. */
  readonly origin: string;
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/** A test that failed. */
interface Failure {
  readonly name: string;
  /** The first line of the error. */
  readonly message: string;
}

/**
 * Runs the tests of the previous client against the mock of the revision, and those of the new client against the mock of
 * the base.
 *
 * @param version - The version of the base.
 */
export async function runClients({ base, revision }: Descriptions, version: string): Promise<ClientRun[]> {
  const tag = await findTag(version);
  await using previous = await createSandbox({ spec: base, tag });
  await using next = await createSandbox({ spec: revision });
  const [old, now] = await Promise.all([
    runTests(previous, { spec: revision, isOlder: false }),
    runTests(next, { spec: base, isOlder: true }),
  ]);
  const tree = 'the sources of the working tree, with files generated from';
  return [
    {
      title: `the previous client (${version}) against the new mock`,
      origin: tag
        ? `the sources of the tag ${tag}`
        : `${tree} the description ${version}, because there is no tag of the release`,
      ...old,
    },
    { title: `the new client against the previous mock (${version})`, origin: `${tree} the new description`, ...now },
  ];
}

const VITEST = join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs');

/** The mock that tests run against. */
interface MockOptions {
  /** The description that the mock serves. */
  readonly spec: string;
  /** Whether it is an older release than that of the client. */
  readonly isOlder: boolean;
}

/** Runs the tests of a client against the mock of a description. */
export async function runTests(
  { folder }: Sandbox,
  { spec, isOlder }: MockOptions,
): Promise<Pick<ClientRun, 'passed' | 'failures'>> {
  const output = join(folder, 'results.json');
  const args = ['run', '--dir', 'test/mock', '--typecheck.enabled=false', '--reporter=json', `--outputFile=${output}`];
  const env = {
    ...createTestEnvironment(),
    CLIENT_TEST_MOCK_SPEC: spec,
    CLIENT_TEST_MOCK_IS_OLDER: isOlder ? '1' : '0',
  };
  const run = await promisify(execFile)(process.execPath, [VITEST, ...args], {
    cwd: folder,
    env,
    maxBuffer: 2 ** 26,
  }).catch(
    // The exit code says that tests failed. The results have the details.
    (error: { readonly stderr?: string }) => ({ stderr: error.stderr ?? '' }),
  );
  const text = await readFile(output, 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`the tests of the client did not run: ${run.stderr}`);
  return readResults(JSON.parse(text));
}

/** Returns the environment without the variables of a vitest that runs this code, and of a debugger. */
function createTestEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_OPTIONS$|NODE_V8_COVERAGE$)/.test(name)),
  );
}

/** The part of vitest's JSON report that is read. */
interface Results {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
}

function readResults({ testResults }: Results): Pick<ClientRun, 'passed' | 'failures'> {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failures = tests
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => ({
      name: shorten(fullName.trim(), 100),
      message: getFirstLine(failureMessages?.[0] ?? ''),
    }));
  // A file that does not load has no tests.
  const unloaded = testResults
    .filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some(({ status }) => status === 'failed'),
    )
    .map(({ name, message }) => ({ name: name.replace(/^.*[\\/]test[\\/]/, ''), message: getFirstLine(message) }));
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const all = [...unloaded, ...failures];
  return { passed, failures: passed + all.length === 0 ? [{ name: 'test/mock', message: 'No test ran.' }] : all };
}

function getFirstLine(message: string): string {
  const [line = ''] = stripVTControlCharacters(message).trim().split('\n');
  return shorten(line.replace(/^\w*Error: /, ''), 200);
}
