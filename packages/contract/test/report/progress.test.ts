import { expect, test } from 'vitest';
import { createProgress } from '../../src/report/progress.ts';

const state = { done: 3, total: 31, requests: 1204, failed: 1, current: 'basicAuth: no key' };
const line = '3 of 31 test cases, 1 failed, 1,204 requests  basicAuth: no key';

function progressOn(terminal: { isTTY: boolean; columns: number }) {
  const written: string[] = [];
  const clock = { time: 5 };
  const progress = createProgress({ ...terminal, write: (text: string) => written.push(text) }, () => clock.time);
  return { written, clock, progress };
}

test('a terminal gets one line that is rewritten, and not too often', () => {
  const { written, clock, progress } = progressOn({ isTTY: true, columns: 80 });
  progress.update(state);
  clock.time += 20;
  progress.update({ ...state, done: 4 });
  clock.time += 100;
  progress.update({ ...state, done: 5 });

  expect(written).toEqual([`\r${line}\u001b[K`, `\r${line.replace('3', '5')}\u001b[K`]);
});

test('the line is cleared once, and drawn again by the next update', () => {
  const { written, progress } = progressOn({ isTTY: true, columns: 80 });
  progress.clear();
  progress.update(state);
  progress.clear();
  progress.clear();
  progress.update(state);

  expect(written).toEqual([`\r${line}\u001b[K`, '\r\u001b[K', `\r${line}\u001b[K`]);
});

test('the line never folds, whatever is tried', () => {
  const { written, progress } = progressOn({ isTTY: true, columns: 54 });
  progress.update({ ...state, current: '日本語'.repeat(100) });

  expect(written).toEqual(['\r3 of 31 test cases, 1 failed, 1,204 requests  日本語…\u001b[K']);
});

test('no control character of what is tried reaches the terminal', () => {
  const { written, progress } = progressOn({ isTTY: true, columns: 200 });
  progress.update({ ...state, current: '\u001b[2J\n::error::x' });

  expect(written).toEqual([`\r${line.replace('basicAuth: no key', '\\x1b[2J\\n::error::x')}\u001b[K`]);
});

test('a log gets a line at the start and then one every 10 seconds at most', () => {
  const { written, clock, progress } = progressOn({ isTTY: false, columns: 0 });
  for (let second = 0; second <= 25; second += 1) {
    progress.update({ ...state, done: second });
    clock.time += 1000;
  }
  progress.clear();

  expect(written.map((text) => text.split(' ')[0])).toEqual(['0', '10', '20']);
  expect(written[0]).toMatch(/key\n$/);
});
