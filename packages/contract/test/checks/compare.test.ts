import { describe, expect, type TestContext, test } from 'vitest';
import { compare, isSameResponse, sendTwice } from '../../src/checks/compare.ts';
import { json, tryOn } from '../run/run-on.ts';

const REFERENCE = { parameters: { id: 'reference' } };
const OTHER = { parameters: { id: 'other' } };

/** Compares the responses to two requests. `answer` gets the number of each request. */
async function compareResponses(context: TestContext, answer: (isOther: boolean, number: number) => unknown) {
  const asked: string[] = [];
  let isSame: boolean | undefined;
  const server = json((target) => {
    const isOther = target.endsWith('other');
    asked.push(isOther ? 'other' : 'reference');
    return answer(isOther, asked.length);
  });
  await tryOn(context, server, async (session) => {
    ({ isSame } = await compare(session, REFERENCE, OTHER));
  });
  return { isSame, asked };
}

describe('compare', () => {
  test('sends one request each if the responses are the same', async (context) => {
    expect(await compareResponses(context, () => ({ name: 'Tom' }))).toEqual({
      isSame: true,
      asked: ['reference', 'other'],
    });
  });

  test('allows an update between the two requests', async (context) => {
    expect(await compareResponses(context, (_, number) => ({ name: number < 2 ? 'Tom' : 'Tim' }))).toMatchObject({
      isSame: true,
    });
  });

  test('allows an update after the two requests', async (context) => {
    // The update happens between the other request and the second reference request.
    const answer = (isOther: boolean, number: number) => ({ name: number > 2 ? 'Tim' : isOther ? 'Tam' : 'Tom' });

    expect(await compareResponses(context, answer)).toMatchObject({ isSame: true });
  });

  test('finds a difference with one more request', async (context) => {
    const { isSame, asked } = await compareResponses(context, (isOther) => ({ name: isOther ? 'Tim' : 'Tom' }));

    expect(isSame).toBe(false);
    expect(asked).toEqual(['reference', 'other', 'reference']);
  });

  test('finds a difference despite an update', async (context) => {
    const { isSame } = await compareResponses(context, (isOther, number) => ({ name: `${isOther} ${number < 3}` }));

    expect(isSame).toBe(false);
  });

  test('finds no difference if each response differs', async (context) => {
    const { isSame, asked } = await compareResponses(context, (_, number) => ({ name: String(number) }));

    expect(isSame).toBe(true);
    expect(asked).toHaveLength(7);
  });
});

describe('isSameResponse', () => {
  const answers = async (context: TestContext, ...texts: readonly [string, string]) => {
    const server = json(() => '');
    const results: boolean[] = [];
    let number = 0;
    await tryOn(
      context,
      (request, response) => {
        response.setHeader('Content-Type', 'application/json');
        if (number > 1) server(request, response);
        else response.end(texts[number++]);
      },
      async (session) => {
        results.push(isSameResponse(await session.send(), await session.send()));
      },
    );
    return results[0];
  };

  test.for([
    ['{"name":"Tom","at":1}', '{"at":2,"name":"Tom"}', true],
    ['{"name":"Tom"}', '{ "name" : "Tom" }', true],
    ['{"name":"Tom"}', '{"name":"Tim"}', false],
    ['{"name":"Tom"}', 'Tom', false],
    ['Tom', 'Tom', true],
    ['Tom', 'Tim', false],
    ['[1,2]', '[2,1]', false],
    ['{"name":1}', '{"name":"1"}', false],
  ] as const)('compares %s and %s: %s', async ([one, other, same], context) => {
    expect(await answers(context, one, other)).toBe(same);
  });

  test('compares the status', async (context) => {
    let number = 0;
    let same: boolean | undefined;
    await tryOn(
      context,
      (_, response) => response.writeHead(number++ === 0 ? 200 : 404).end(),
      async (session) => {
        same = isSameResponse(await session.send(), await session.send());
      },
    );

    expect(same).toBe(false);
  });
});

test.for([
  ['the same each time', () => ({ name: 'Tom' }), true],
  ['another each time', (number: number) => ({ name: String(number) }), false],
] as const)('sendTwice recognizes a response that is %s', async ([, answer, expected], context) => {
  let number = 0;
  let isStable: boolean | undefined;
  await tryOn(
    context,
    json(() => answer(number++)),
    async (session) => {
      ({ isStable } = await sendTwice(session, {}));
    },
  );

  expect(isStable).toBe(expected);
});
