import { describe, expect, type TestContext, test } from 'vitest';
import { localServer } from '../local-server.ts';
import { temporaryFile } from '../temporary-file.ts';
import { errorsIn, verify } from '../verify.ts';
import { type Answer, type Asked, right, SHOPS, serve, TOKEN } from './added-operation.ts';

async function reportOf(context: TestContext, answer: (asked: Asked) => Answer, only?: readonly string[]) {
  const spec = await temporaryFile(context, JSON.stringify(SHOPS), 'openapi.json');
  return verify({ url: await localServer(context, serve(answer)), token: TOKEN, spec, only });
}

/** Changes only the successful answers of one path. */
const succeeding = (path: string, change: (answer: Answer, asked: Asked) => Answer) => (asked: Asked) => {
  const answer = right(asked);
  return answer.status === 200 && asked.path.startsWith(path) ? change(answer, asked) : answer;
};

test('a server that keeps a description never seen before is found to', async (context) => {
  const report = await reportOf(context, right);

  expect(errorsIn(report)).toEqual([]);
  expect(report.verdict).toBe('passed');
});

test('all that such a description documents is exercised', async (context) => {
  const { coverage } = await reportOf(context, right);
  const items = coverage.flatMap(({ statuses, headers, examples, securitySchemes }) => [
    ...statuses,
    ...headers,
    ...examples,
    ...securitySchemes,
  ]);

  expect(items.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['404', '200 X-Request-Id', '401 WWW-Authenticate', '200 january', 'basic', 'bearer']),
  );
  expect(items.filter(({ times }) => times === 0)).toEqual([]);
});

describe('it is found, and where it is promised, that', () => {
  test.for<[string, (asked: Asked) => Answer, check: string, pointer: RegExp]>([
    [
      'a status is not documented',
      succeeding('/v1/reports', (answer) => ({ ...answer, status: 203 })),
      'status_code_conformance',
      /reports\/get\/responses$/,
    ],
    [
      'a documented header is missing',
      succeeding('/v1/shops', (answer) => ({ ...answer, headers: {} })),
      'response_headers_conformance',
      /responses\/200\/headers\/X-Request-Id\/required$/,
    ],
    [
      'a documented header is otherwise',
      succeeding('/v1/shops', (answer) => ({ ...answer, headers: { 'X-Request-Id': '1' } })),
      'response_headers_conformance',
      /X-Request-Id\/schema\/pattern$/,
    ],
    [
      'a header of a refusal is otherwise',
      (asked) =>
        right(asked).status === 401 ? { ...right(asked), headers: { 'WWW-Authenticate': 'Digest' } } : right(asked),
      'response_headers_conformance',
      /401\/headers\/WWW-Authenticate\/schema\/pattern$/,
    ],
    [
      'a body breaks its schema',
      succeeding('/v1/reports', (answer) => ({ ...answer, body: { months: [202601] } })),
      'response_schema_conformance',
      /months\/items\/type$/,
    ],
    [
      'an example is answered otherwise',
      succeeding('/v1/shops', (answer) => ({ ...answer, body: { name: 'Acme', size: 4 } })),
      'example_conformance',
      /responses\/200\/content\/application~1json\/examples\/acme$/,
    ],
    [
      'an example of a refusal is no refusal',
      (asked) =>
        asked.shop === 'nobody' && right(asked).status === 404 ? right({ ...asked, shop: 'acme' }) : right(asked),
      'example_conformance',
      /responses\/404\/content\/application~1json\/examples\/missing$/,
    ],
    [
      'one operation takes its key in the form of the other',
      (asked) => right({ ...asked, headers: { ...asked.headers, authorization: takenFor(asked) } }),
      'ignored_auth',
      /responses\/401$/,
    ],
    [
      'one operation needs no key',
      (asked) =>
        asked.path === '/v1/reports'
          ? right({ ...asked, headers: { authorization: `Bearer ${TOKEN}` } })
          : right(asked),
      'ignored_auth',
      /reports\/get\/responses\/401$/,
    ],
    [
      'one operation refuses the right key',
      (asked) => (asked.path === '/v1/reports' ? right({ ...asked, headers: {} }) : right(asked)),
      'accepted_auth',
      /securitySchemes\/bearer$/,
    ],
    [
      'a value that breaks its schema is taken',
      (asked) => right({ ...asked, month: asked.month && '2026-01' }),
      'negative_data_rejection',
      /parameters\/0\/schema$/,
    ],
    [
      'a value that fits its schema is refused',
      (asked) => right({ ...asked, month: asked.month?.startsWith('2026') ? asked.month : 'x' }),
      'positive_data_acceptance',
      /reports\/get\/parameters\/0$/,
    ],
  ])('%s', async ([, answer, check, pointer], context) => {
    const { verdict, checks } = await reportOf(context, answer, [check]);
    const findings = checks.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');

    expect(verdict).toBe('failed');
    expect(findings.filter((finding) => finding.check === check).map(({ spec }) => spec.pointer)).toContainEqual(
      expect.stringMatching(pointer),
    );
  });
});

/** Returns the key for a server that also accepts a Basic key after Bearer. */
function takenFor({ path, headers }: Asked): string {
  const value = String(headers.authorization);
  return path === '/v1/reports' ? value : value.replace(/^Bearer /, 'Basic ');
}
