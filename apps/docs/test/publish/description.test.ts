import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseDescription } from '../../src/publish/index.ts';
import { spec } from '../markdown/documents.ts';

const source = await readFile(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')), 'utf8');

test('the YAML is the unchanged source', () => {
  expect(parseDescription(source).yaml).toBe(source);
});

test('the JSON has the same content', () => {
  const { json, document } = parseDescription(source);

  expect(JSON.parse(json)).toEqual(parse(source));
  expect(document).toEqual(spec);
  expect(json.endsWith('\n}\n')).toBe(true);
});

test('invalid YAML is an error', () => {
  expect(() => parseDescription('openapi: [')).toThrow();
});
