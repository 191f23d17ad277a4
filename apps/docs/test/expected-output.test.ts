import { expect, test } from 'vitest';
import { matchesOutput } from './expected-output.ts';

test.for([
  ['one\n', 'one\n', true],
  ['one\n', 'one\ntwo\n', false],
  ['…\ntwo\n', 'one\ntwo\n', true],
  ['one\n…\n', 'one\ntwo\nthree\n', true],
  ['one\n…\nthree\n', 'one\ntwo\nfour\n', false],
  ['…two…', 'one three', false],
  ['ab…ba', 'aba', false],
] as const)('%j shows %j: %s', ([shown, text, expected]) => {
  expect(matchesOutput(shown, text)).toBe(expected);
});
