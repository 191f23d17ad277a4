import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { findExamplePairs } from '@firstofficer/openapi';
import { requireProgram } from '@firstofficer/testing/require-program';
import { afterAll, expect, type TestContext, test } from 'vitest';
import { LANGUAGES } from '../../src/content/languages.ts';
import { SOURCES } from '../../src/content/read-content.ts';
import { readSamples, type Sample } from '../../src/content/samples.ts';
import { expectOutput, parseIfJson, readExpectedOutput } from '../expected-output.ts';
import { description } from '../fixtures.ts';
import { startLiveApi } from '../live-api.ts';
import { type ProgramResult, runProgram } from '../programs.ts';

/** The programs that a sample needs. The last one runs its file. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  cURL: ['curl', 'sh'],
  TypeScript: ['node'],
  Ruby: ['ruby'],
  Python: ['python3'],
};

const { operations } = description;
const samples = await readSamples(SOURCES.samples);
const live = await startLiveApi();
afterAll(() => live[Symbol.asyncDispose]());

async function run({ lang, file }: Sample, context: TestContext): Promise<ProgramResult> {
  let path = '';
  for (const program of PROGRAMS[lang] ?? []) path = await requireProgram(context, program);
  const env = { ...live.env, FIRSTOFFICER_TOKEN: DEFAULT_TOKEN };
  return runProgram(path, { args: [join(SOURCES.samples, file)], env, signal: context.signal });
}

test.concurrent.for(samples)('$file prints the expected output, and never the key', async (sample, context) => {
  const { code, stdout, stderr } = await run(sample, context);

  expect(stderr).toBe('');
  expectOutput(readExpectedOutput(sample.source), stdout);
  expect(code).toBe(0);
  expect(stdout).not.toContain(DEFAULT_TOKEN);
});

test('the cURL sample prints every member of the example in the spec', () => {
  const source = samples.find(({ lang, topic }) => lang === 'cURL' && topic === '1-retrieve')?.source ?? '';
  const example = operations.flatMap(findExamplePairs).find(({ name }) => name === 'stripe_id');

  expect(parseIfJson(readExpectedOutput(source))).toEqual(example?.body);
});

test('every operation has samples, each topic has every language, and there are no other files', async () => {
  const entries = await readdir(SOURCES.samples, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));

  expect(files.toSorted()).toEqual(samples.map(({ file }) => join(SOURCES.samples, file)).toSorted());
  for (const { id } of operations) {
    const languages = samples.filter(({ operationId }) => operationId === id).map(({ lang }) => lang);
    expect(languages.slice(0, 4)).toEqual(LANGUAGES.map(({ label }) => label));
  }
});

test('the samples show every documented error of a request', () => {
  const printed = samples.flatMap(({ source }) => readExpectedOutput(source).split('\n'));
  // Operations share errors, so one sample of each is enough. A sample causes an error by its parameters or its key.
  const errors = operations.flatMap((operation) => [
    ...findExamplePairs(operation).flatMap(({ status }) => (status.startsWith('2') ? [] : [status])),
    ...Object.keys(operation.responses).filter((status) => status === '401'),
  ]);

  expect(errors.length).toBeGreaterThan(0);
  expect(printed).toEqual(expect.arrayContaining(errors));
});

test('samples read the key from the environment', () => {
  for (const { source } of samples) {
    expect(source).toContain('FIRSTOFFICER_TOKEN');
    expect(source).not.toContain(DEFAULT_TOKEN);
  }
});
