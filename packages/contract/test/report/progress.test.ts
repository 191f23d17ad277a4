import { createOperation } from '@firstofficer/openapi/testing';
import { expect, test } from 'vitest';
import { createProgress } from '../../src/report/progress.ts';
import type { RunEvent } from '../../src/run/run.ts';
import { observation, outcome, SOME_CHECK } from '../run/fixtures.ts';

const testCase = { check: SOME_CHECK, operation: createOperation(), testCase: { name: 'a pet', run: async () => {} } };
const started: RunEvent = {
  type: 'run-started',
  target: 'http://127.0.0.1:4010',
  seed: 1,
  checks: ['some_check'],
  testCases: Array.from({ length: 31 }, () => testCase),
};

/** Returns the event of a test case with 1,200 requests and an error. */
function finished(check = 'ignored_auth'): RunEvent {
  const result = outcome({ check, requests: 1200, observations: [observation()] });
  return { type: 'test-case-finished', testCase, outcome: result, exchanges: [] };
}

function progressOn(terminal: { isTTY: boolean; columns: number }) {
  const written: string[] = [];
  const clock = { time: 5 };
  const progress = createProgress({ ...terminal, write: (text: string) => written.push(text) }, () => clock.time);
  progress.onEvent(started);
  return { written, clock, progress };
}

const FIRST = '\r1 of 31 test cases, 1 failed, 1,200 requests  ignored_auth\u001b[K';

test('rewrites one line on a terminal, every 80 ms at most', () => {
  const { written, clock, progress } = progressOn({ isTTY: true, columns: 80 });
  progress.onEvent(finished());
  clock.time += 20;
  progress.onEvent(finished());
  clock.time += 100;
  progress.onEvent(finished());

  expect(written).toEqual([FIRST, '\r3 of 31 test cases, 3 failed, 3,600 requests  ignored_auth\u001b[K']);
});

test('clears the line once, and prints it again with the next event', () => {
  const { written, progress } = progressOn({ isTTY: true, columns: 80 });
  progress.clear();
  progress.onEvent(finished());
  progress.clear();
  progress.clear();
  progress.onEvent(finished());

  expect(written).toEqual([FIRST, '\r\u001b[K', expect.stringContaining('2 of 31')]);
});

test('keeps the line within the width of the terminal', () => {
  const { written, progress } = progressOn({ isTTY: true, columns: 54 });
  progress.onEvent(finished('日本語'.repeat(100)));

  expect(written).toEqual(['\r1 of 31 test cases, 1 failed, 1,200 requests  日本語…\u001b[K']);
});

test('escapes control characters and CI commands', () => {
  const { written, progress } = progressOn({ isTTY: true, columns: 200 });
  progress.onEvent(finished('\u001b[2J\n::error::x'));

  expect(written).toEqual([FIRST.replace('ignored_auth', '\\x1b[2J\\n::error::x')]);
});

test('prints a new line in a log, every 10 seconds at most', () => {
  const { written, clock, progress } = progressOn({ isTTY: false, columns: 0 });
  for (let second = 0; second <= 25; second += 1) {
    progress.onEvent(finished());
    clock.time += 1000;
  }
  progress.clear();

  expect(written.map((text) => text.split(' ')[0])).toEqual(['1', '11', '21']);
  expect(written[0]).toMatch(/auth\n$/);
});
