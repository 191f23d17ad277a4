import { expect, test } from 'vitest';
import { readFindings } from '../../bench/schemathesis.ts';

function writeScenario(status: number, body: string): string {
  const failure = { type: 'RejectedPositiveData', title: 'Schema-valid request rejected', operation: 'GET /exhibits' };
  const content = { $base64: Buffer.from(body).toString('base64') };
  const recorder = {
    checks: { a1: [{ failure_info: { failure } }, { failure_info: null }] },
    interactions: { a1: { response: { status_code: status, content } } },
  };
  return JSON.stringify({ ScenarioFinished: { recorder } });
}

const getKeys = (line: string) => readFindings(line).map(({ key }) => key);

test('reads the failures of a scenario', () => {
  expect(readFindings(writeScenario(400, 'cursor')).map(({ check }) => check)).toEqual([
    'Schema-valid request rejected',
  ]);
  expect(readFindings('{"PhaseFinished":{}}')).toEqual([]);
  expect(readFindings('')).toEqual([]);
});

test('findings are equal if the status and the error are equal', () => {
  expect(getKeys(writeScenario(400, 'cursor'))).toEqual(getKeys(writeScenario(400, 'cursor')));
  expect(getKeys(writeScenario(400, 'cursor'))).not.toEqual(getKeys(writeScenario(400, 'sort')));
  expect(getKeys(writeScenario(201, 'one'))).toEqual(getKeys(writeScenario(201, 'two')));
});
