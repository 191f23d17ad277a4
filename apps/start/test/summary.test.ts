import { expect, test } from 'vitest';
import { formatSummary } from '../src/summary.ts';

const summary = { mock: 'http://m', api: 'http://a', docs: 'http://d', token: 'key', key: 'fo_1', path: '/v2/x' };

test('aligns what runs where and what to try', () => {
  expect(formatSummary({ ...summary, taken: [] })).toBe(`
  Mock      http://m
            curl http://m/v2/x -u key:
  API       http://a
            curl http://a/v2/x -u fo_1:
  Docs      http://d
  Contract  npx -y pnpm@12 contract --url http://m --token key

  Ctrl-C stops them all.
`);
});

test('says which ports were taken', () => {
  expect(formatSummary({ ...summary, taken: [4010, 8080] })).toContain(
    '(4010 and 8080 taken, so free ports are used.)',
  );
});
