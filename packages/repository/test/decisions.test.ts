import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findDecisionProblems } from '../src/decisions.ts';
import { ROOT } from '../src/workspaces.ts';

const GITHUB = join(ROOT, '.github');

test('every decision record has one page with all parts, and is in the index', () => {
  const records = readdirSync(join(GITHUB, 'decisions'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(GITHUB, 'decisions', file), 'utf8') }));
  expect(records.length).toBeGreaterThan(10);
  expect(findDecisionProblems(records, readFileSync(join(GITHUB, 'ARCHITECTURE.md'), 'utf8'))).toEqual([]);
});

const TEXT = `# 1. Water is wet

- Status: accepted
- Date: 2026-11-27

## Context

We asked.

## Decision

It is.

## Consequences

Towels.
`;
const FILE = '0001-water-is-wet.md';
const INDEX = `1. [Water is wet](decisions/${FILE})`;

test('accepts a record, and one that another supersedes', () => {
  expect(findDecisionProblems([{ file: FILE, text: TEXT }], INDEX)).toEqual([]);
  const text = TEXT.replace('accepted', 'superseded by [2](0002-ice-is-dry.md)');
  expect(findDecisionProblems([{ file: FILE, text }], INDEX)).toEqual([]);
});

test.for([
  ['first line', TEXT.replace('# 1.', '# 2.')],
  ['first line', TEXT.replace('# 1. ', '# ')],
  ['status', TEXT.replace('accepted', 'superseded')],
  ['status', TEXT.replace('- Status: accepted\n', '')],
  ['date', TEXT.replace('2026-11-27', 'yesterday')],
  ['date', TEXT.replace('2026-11-27', '2026-13-01')],
  ['headings', TEXT.replace('## Context', '## Background')],
  ['headings', TEXT.replace('## Consequences\n\nTowels.\n', '')],
  ['empty', TEXT.replace('Towels.', '')],
  ['lines', TEXT + 'Towels.\n'.repeat(60)],
] as const)('finds a wrong %s', ([problem, text]) => {
  const problems = findDecisionProblems([{ file: FILE, text }], INDEX);
  expect(problems.filter((found) => !found.includes('index'))).toEqual([expect.stringContaining(problem)]);
});

test('finds a record that is not in the index, one that does not exist, another title and a gap', () => {
  const record = { file: FILE, text: TEXT };
  expect(findDecisionProblems([record], '')).toEqual([expect.stringContaining('not in the index')]);
  expect(findDecisionProblems([record], INDEX.replace('wet', 'dry'))).toEqual([
    expect.stringContaining('another title'),
  ]);
  expect(findDecisionProblems([record], `${INDEX}\n2. [Ice](decisions/0002-ice.md)`)).toEqual([
    expect.stringContaining('0002-ice.md, which does not exist'),
  ]);
  const third = { file: '0003-ice.md', text: TEXT.replace('# 1. Water is wet', '# 3. Ice') };
  expect(findDecisionProblems([record, third], `${INDEX}\n3. [Ice](decisions/0003-ice.md)`)).toEqual([
    expect.stringContaining('gap'),
  ]);
});
