import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Severity } from '../../../src/checks/check.ts';
import { KEY, verifyDescription } from '../../verify.ts';
import { answerBasics } from './basics.ts';
import { createHttpServer } from './http.ts';
import { createOpenApiServer } from './openapi.ts';

/** A finding that was once an error, and what it is now: undefined if there must be no finding. */
type Verdict = readonly [operation: string, check: string, severity: Severity | undefined];

const SERVERS = [
  {
    name: 'basics',
    create: () => answerBasics,
    verdicts: [
      ['GET /s', 'positive_data_acceptance', undefined],
      ['GET /c/{code}', 'negative_data_rejection', undefined],
      ['GET /obj', 'response_headers_conformance', undefined],
      ['GET /int64', 'number_precision', 'note'],
    ] satisfies Verdict[],
  },
  {
    name: 'http',
    create: createHttpServer,
    verdicts: [
      ['GET /strictquery', 'query_independence', 'note'],
      ['GET /counter', 'repeatability', 'note'],
      ['GET /forbidden/{id}', 'auth_precedence', 'note'],
      ['GET /patterned/{code}', 'status_code_conformance', 'note'],
      ['GET /old', 'not_a_server_error', undefined],
    ] satisfies Verdict[],
  },
  {
    name: 'openapi',
    create: createOpenApiServer,
    verdicts: [
      ['GET /byte', 'positive_data_acceptance', undefined],
      ['GET /nosuccess/{id}', 'positive_data_acceptance', undefined],
      ['GET /anybody', 'content_type_conformance', 'note'],
      ['GET /headers', 'response_headers_conformance', undefined],
      ['GET /schema2020', 'number_precision', 'note'],
      ['GET /oauth', 'ignored_auth', 'note'],
      ['GET /time', 'repeatability', 'note'],
    ] satisfies Verdict[],
  },
];

describe.each(SERVERS)('the server that conforms to the description $name', ({ name, create, verdicts }) => {
  test('has no error, and notes where the description promises nothing', async (context) => {
    const spec = fileURLToPath(new URL(`${name}.openapi.yaml`, import.meta.url));
    const { errors, report, found } = await verifyDescription(context, { spec, answer: create(KEY) });

    expect(errors).toEqual([]);
    expect(report.stopped).toBeUndefined();
    expect(
      verdicts.map(([operation, check]): Verdict => {
        const finding = found.find((one) => one.operation === operation && one.check === check);
        return [operation, check, finding?.severity];
      }),
    ).toEqual(verdicts);
  });
});
