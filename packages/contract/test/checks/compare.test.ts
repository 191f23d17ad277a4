import { describe, expect, type TestContext, test } from 'vitest';
import { compare, isSameResponse, sendTwice } from '../../src/checks/compare.ts';
import { respondWithJson, runOn } from '../run/fixtures.ts';

const REFERENCE = { parameters: { starting_after: 'reference' } };
const OTHER = { parameters: { starting_after: 'other' } };

/** Compares the responses to two requests. `answer` gets the number of each request. */
async function compareResponses(context: TestContext, answer: (isOther: boolean, number: number) => unknown) {
  const asked: string[] = [];
  let isSame: boolean | undefined;
  const server = respondWithJson((target) => {
    const isOther = target.endsWith('other');
    asked.push(isOther ? 'other' : 'reference');
    return answer(isOther, asked.length);
  });
  await runOn(context, server, async (session) => {
    ({ isSame } = await compare(session, REFERENCE, OTHER));
  });
  return { isSame, asked };
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
    const result = await compareResponses(context, answer);

    expect(result).toMatchObject({ isSame });
    expect(result.asked).toHaveLength(requests);
    expect(result.asked.slice(0, 2)).toEqual(['reference', 'other']);
  });
});

describe('isSameResponse', () => {
  type Response = readonly [status: number, body: string];
  const isSame = async (context: TestContext, responses: readonly [Response, Response]) => {
    const left = [...responses];
    let result: boolean | undefined;
    await runOn(
      context,
      (_, outgoing) => {
        const [status = 200, body] = left.shift() ?? [];
        outgoing.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
      },
      async (session) => {
        result = isSameResponse(await session.send(), await session.send());
      },
    );
    return result;
  };

  test.for([
    ['{"object":"Tom","at":1}', '{"at":2,"object":"Tom"}', true],
    ['{"object":"Tom"}', '{ "object" : "Tom" }', true],
    ['{"object":"Tom"}', '{"object":"Tim"}', false],
    ['{"object":"Tom"}', 'Tom', false],
    ['Tom', 'Tom', true],
    ['Tom', 'Tim', false],
    ['[1,2]', '[2,1]', false],
    ['{"object":1}', '{"object":"1"}', false],
  ] as const)('compares %s and %s: %s', async ([one, other, expected], context) => {
    expect(
      await isSame(context, [
        [200, one],
        [200, other],
      ]),
    ).toBe(expected);
  });

  test('compares the status', async (context) => {
    expect(
      await isSame(context, [
        [200, ''],
        [404, ''],
      ]),
    ).toBe(false);
  });
});

test.for([
  ['the same each time', () => ({ object: 'Tom' }), true],
  ['another each time', (number: number) => ({ object: String(number) }), false],
] as const)('sendTwice recognizes a response that is %s', async ([, answer, expected], context) => {
  let number = 0;
  let isStable: boolean | undefined;
  await runOn(
    context,
    respondWithJson(() => answer(number++)),
    async (session) => {
      ({ isStable } = await sendTwice(session, {}));
    },
  );

  expect(isStable).toBe(expected);
});
