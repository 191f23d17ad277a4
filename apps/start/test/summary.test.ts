import { expect, test } from 'vitest';
import { formatAddress, formatSummary } from '../src/summary.ts';

const mock = { url: 'http://m', key: 'key' };

test('aligns what runs where and what to try', () => {
  expect(formatSummary({ mock, api: { url: 'http://a', key: 'fo_1' }, path: '/v2/x' })).toBe(`
  Mock      http://m
            curl http://m/v2/x -u key:
  API       http://a
            curl http://a/v2/x -u fo_1:
  Contract  npx -y pnpm@12 contract --url http://m --token key

  Press Ctrl-C to stop.
`);
});

test('says which port was taken', () => {
  expect(formatAddress('Docs', { url: 'http://d:1', taken: 8080 })).toBe('  Docs      http://d:1 (port 8080 is taken)');
});
