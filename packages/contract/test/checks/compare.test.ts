import type { RequestListener } from 'node:http';
import { describe, expect, type TestContext, test } from 'vitest';
import type { Session } from '../../src/checks/check.ts';
import { compare, isSameResponse, sendTwice } from '../../src/checks/compare.ts';
import { respondWithJson, runOn } from '../run/fixtures.ts';

const REFERENCE = { parameters: { starting_after: 'reference' } };
const OTHER = { parameters: { starting_after: 'other' } };

/** Returns the result of `work`, which sends requests to this server. */
async function getResult<T>(context: TestContext, server: RequestListener, work: (session: Session) => Promise<T>) {
  const results: T[] = [];
  await runOn(context, server, async (session) => void results.push(await work(session)));
  return results[0];
}

describe('compare', () => {
  test.for<[string, (isOther: boolean, number: number) => unknown, isSame: boolean, requests: number]>([
    ['finds no difference between equal responses', () => ({ object: 'Tom' }), true, 2],
    ['allows an update between the two requests', (_, number) => ({ object: number < 2 ? 'Tom' : 'Tim' }), true, 3],
    [
      'allows an update after the two requests',
      (isOther, number) => ({ object: number > 2 ? 'Tim' : isOther ? 'Tam' : 'Tom' }),
      true,
      5,
    ],
    ['finds a difference with one more request', (isOther) => ({ object: isOther ? 'Tim' : 'Tom' }), false, 3],
    ['finds a difference despite an update', (isOther, number) => ({ object: `${isOther} ${number < 3}` }), false, 5],
    ['finds no difference if each response differs', (_, number) => ({ object: String(number) }), true, 7],
  ])('%s', async ([, answer, isSame, requests], context) => {
    const asked: string[] = [];
    const server = respondWithJson((target) => {
      const isOther = target.endsWith('other');
      asked.push(isOther ? 'other' : 'reference');
      return answer(isOther, asked.length);
    });

    expect(await getResult(context, server, (session) => compare(session, REFERENCE, OTHER))).toMatchObject({ isSame });
    expect(asked).toHaveLength(requests);
    expect(asked.slice(0, 2)).toEqual(['reference', 'other']);
  });
});

test.for([
  ['{"object":"Tom","at":1}', '{"at":2,"object":"Tom"}', true],
  ['{"object":"Tom"}', '{ "object" : "Tom" }', true],
  ['{"object":"Tom"}', '{"object":"Tim"}', false],
  ['{"object":"Tom"}', 'Tom', false],
  ['Tom', 'Tom', true],
  ['Tom', 'Tim', false],
  ['[1,2]', '[2,1]', false],
  ['{"object":1}', '{"object":"1"}', false],
  ['{"object":"Tom"}', '{"object":"Tom"}', false, 404],
] as const)('isSameResponse: for %s and %s, it returns %s', async ([one, other, expected, status = 200], context) => {
  const responses = [
    { status: 200, body: one },
    { status, body: other },
  ];
  const server: RequestListener = (_, outgoing) => {
    const next = responses.shift();
    outgoing.writeHead(next?.status ?? 500, { 'Content-Type': 'application/json' }).end(next?.body);
  };
  const isSame = await getResult(context, server, async (session) =>
    isSameResponse(await session.send(), await session.send()),
  );

  expect(isSame).toBe(expected);
});

test.for([
  ['the same each time', () => ({ object: 'Tom' }), true],
  ['another each time', (number: number) => ({ object: String(number) }), false],
] as const)('sendTwice recognizes a response that is %s', async ([, answer, isStable], context) => {
  let number = 0;
  const server = respondWithJson(() => answer(number++));

  expect(await getResult(context, server, (session) => sendTwice(session, {}))).toMatchObject({ isStable });
});
