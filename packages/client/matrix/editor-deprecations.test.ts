import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const FILE = fileURLToPath(new URL('usage.ts', import.meta.url));
const USAGE = `
import { createApi } from '../src/api.ts';
import type { operations, paths } from '../test/generated/deprecations/openapi.ts';

declare const sendOperation: Parameters<typeof createApi>[0];
const api = createApi<paths>(sendOperation);
const { data, response } = await api.GET('/v1/invoices/{invoice}', { params: { path: { invoice: 'inv_1' } } });
console.log(data?.total, data?.amount, response.status);

export function show({ page_size, limit }: NonNullable<operations['listInvoices']['parameters']['query']>) {
  console.log(page_size, limit);
}
export type Bill = operations['retrieveBill'];
export type Invoice = operations['retrieveInvoice'];
`;

test('editors strike through what is deprecated, and show the dates and the replacement', () => {
  const options: ts.CompilerOptions = {
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.NodeNext,
    noEmit: true,
    strict: true,
    target: ts.ScriptTarget.ES2022,
  };
  const read = (file: string) => (file === FILE ? USAGE : ts.sys.readFile(file));
  const service = ts.createLanguageService({
    fileExists: (file) => file === FILE || ts.sys.fileExists(file),
    getCompilationSettings: () => options,
    getCurrentDirectory: () => fileURLToPath(new URL('..', import.meta.url)),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [FILE],
    getScriptSnapshot: (file) => ts.ScriptSnapshot.fromString(read(file) ?? ''),
    getScriptVersion: () => '1',
    readFile: read,
  });
  const struck = service.getSuggestionDiagnostics(FILE).filter(({ reportsDeprecated }) => reportsDeprecated);
  const tags = service.getQuickInfoAtPosition(FILE, USAGE.indexOf('amount'))?.tags ?? [];

  expect(service.getSemanticDiagnostics(FILE).map(({ messageText }) => messageText)).toEqual([]);
  expect(struck.map(({ start = 0, length }) => USAGE.slice(start, start + (length ?? 0)))).toEqual([
    'amount',
    'page_size',
    "'retrieveBill'",
  ]);
  expect(tags.map(({ name, text }) => [name, ts.displayPartsToString(text)])).toContainEqual([
    'deprecated',
    'since 2026-06-01, removed on 2027-06-01. Use `total` instead.',
  ]);
});
