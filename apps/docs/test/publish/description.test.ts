import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { publishedDescription } from '../../src/publish/index.ts';
import { spec } from '../markdown/documents.ts';

const source = await readFile(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')), 'utf8');

test('the YAML is the source, byte for byte', () => {
  expect(publishedDescription(source).yaml).toBe(source);
});

test('the JSON says the same', () => {
  const { json, document } = publishedDescription(source);

  expect(JSON.parse(json)).toEqual(parse(source));
  expect(document).toEqual(spec);
  expect(json.endsWith('\n}\n')).toBe(true);
});

test('a source that is no YAML is refused', () => {
  expect(() => publishedDescription('openapi: [')).toThrow();
});
