import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_TOKEN } from '@firstofficer/mock';
import { findExamplePairs } from '@firstofficer/openapi';
import { requireProgram } from '@firstofficer/testing/require-program';
import { afterAll, expect, type TestContext, test } from 'vitest';
import { SOURCES } from '../../src/content/read-content.ts';
import { LANGUAGES, readSamples, type Sample } from '../../src/content/samples.ts';
import { parseIfJson, readExpectedOutput } from '../expected-output.ts';
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
  expect(parseIfJson(stdout)).toEqual(parseIfJson(readExpectedOutput(sample.source)));
  expect(code).toBe(0);
  expect(stdout).not.toContain(DEFAULT_TOKEN);
});

test.for([
  ['1-retrieve', 'stripe_id'],
  ['2-a-lost-customer', 'lost_customer'],
])('the cURL output for %s is the example %s of the spec', ([topic, name]) => {
  const source = samples.find((sample) => sample.lang === 'cURL' && sample.topic === topic)?.source ?? '';
  const example = operations.flatMap(findExamplePairs).find((pair) => pair.name === name);

  expect(parseIfJson(readExpectedOutput(source))).toEqual(example?.body);
});

test('every operation has samples, each topic has every language, and there are no other files', async () => {
  const entries = await readdir(SOURCES.samples, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));

  expect(files.toSorted()).toEqual(samples.map(({ file }) => join(SOURCES.samples, file)).toSorted());
  for (const { id } of operations) {
    const languages = samples.filter(({ operationId }) => operationId === id).map(({ lang }) => lang);
    expect(languages.slice(0, 4)).toEqual(Object.values(LANGUAGES));
  }
});

test('the samples show every documented error of a request', () => {
  const printed = samples.flatMap(({ operationId, source }) =>
    readExpectedOutput(source)
      .split('\n')
      .map((line) => `${operationId} ${line}`),
  );
  const errors = operations.flatMap(({ id, responses }) =>
    // Requests cannot trigger a 5xx.
    Object.keys(responses).flatMap((status) => (/^[25]/.test(status) ? [] : [`${id} ${status}`])),
  );

  expect(errors.length).toBeGreaterThan(0);
  expect(printed).toEqual(expect.arrayContaining(errors));
});

test('samples read the key from the environment', () => {
  for (const { source } of samples) {
    expect(source).toContain('FIRSTOFFICER_TOKEN');
    expect(source).not.toContain(DEFAULT_TOKEN);
  }
});
