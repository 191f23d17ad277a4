import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { SOURCES } from '../../src/content/read-content.ts';
import { readSamples } from '../../src/content/samples.ts';
import { addCodeSamples, inlineExampleSummaries } from '../../src/reference/description.ts';

const spec = await readFile(SOURCES.spec, 'utf8');
const samples = (await readSamples(SOURCES.samples)).filter(({ operationId }) => operationId === 'retrieveCustomer');

test('each operation has its samples, with the first topic first', async () => {
  const document = addCodeSamples(parse(spec), samples);
  const shown: { label: string; source: string }[] = document.paths['/v2/customers/{customer}'].get['x-codeSamples'];

  expect(shown).toEqual(samples.map(({ lang, label, title, source }) => ({ lang, label, title, source })));
  expect(shown.map(({ label }) => label)).toEqual(
    ['', ': a lost customer', ': errors'].flatMap((topic) =>
      ['cURL', 'TypeScript', 'Ruby', 'Python'].map((language) => language + topic),
    ),
  );
  expect(`${shown[2]?.source}\n`).toBe(
    await readFile(join(SOURCES.samples, 'retrieveCustomer/1-retrieve/ruby.rb'), 'utf8'),
  );
});

test('the rest of the document and the input stay unchanged', () => {
  const given = parse(spec);
  const document = addCodeSamples(given, samples);
  delete document.paths['/v2/customers/{customer}'].get['x-codeSamples'];

  expect(document).toEqual(parse(spec));
  expect(given).toEqual(parse(spec));
});

test('samples in the description come before samples from files', () => {
  const own = { lang: 'Go', label: 'Go', source: 'package main' };
  const document = {
    paths: { '/a': { summary: 'A', get: { operationId: 'retrieveCustomer', 'x-codeSamples': [own] } } },
  };
  const shown = addCodeSamples(document, samples).paths['/a'].get['x-codeSamples'];

  expect(shown).toHaveLength(samples.length + 1);
  expect(shown[0]).toEqual(own);
});

test('a sample of an unknown operation is an error', () => {
  const renamed = parse(spec.replace('operationId: retrieveCustomer', 'operationId: getCustomer'));

  expect(() => addCodeSamples(renamed, samples)).toThrow(
    'samples/retrieveCustomer/1-retrieve/curl.sh: the description has no operation retrieveCustomer.',
  );
});

test('two references to one example keep their summaries, and the example stays unchanged', () => {
  const Paying = { summary: 'Nine months', value: { id: 1 } };
  const $ref = '#/components/examples/Paying';
  const document = {
    examples: { byId: { $ref, summary: 'By ID' }, byMail: { $ref, summary: 'By email' }, plain: { $ref } },
    components: { examples: { Paying } },
  };

  expect(inlineExampleSummaries(document)).toEqual({
    examples: {
      byId: { summary: 'By ID', value: { id: 1 } },
      byMail: { summary: 'By email', value: { id: 1 } },
      plain: { $ref },
    },
    components: { examples: { Paying } },
  });
});
