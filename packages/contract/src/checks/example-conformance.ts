import { findExamplePairs } from '@firstofficer/openapi';
import { isJson } from '../http/exchange.ts';
import { findDocumentedBody, findDocumentedJson } from '../request/operation-exchange.ts';
import { findDifferences, getMember, preview } from '../schema/json.ts';
import { type Check, isMethodAllowed } from './check.ts';
import { expectStatus } from './statuses.ts';

export const exampleConformance: Check = {
  name: 'example_conformance',
  severity: 'error',
  basis: 'description',
  needs: 'a parameter example and a response example of the same name, and no request body',
  rationale: 'A request with a parameter example gets the response example of the same name.',
  testCases(operation, context) {
    if (operation.requestBody || !isMethodAllowed(context, operation.method)) return [];
    return findExamplePairs(operation).map(({ name, parameters, status, mediaType, body }) => ({
      name: `the example ${name}`,
      async run(session) {
        // A target with other data may lack the resources of the examples, but must reject the requests that the examples reject.
        const isSuccess = status.startsWith('2');
        const severity = isSuccess && !context.servesExamples ? ('note' as const) : ('error' as const);
        const examples = operation.responses[status]?.content?.[mediaType]?.examples ?? {};
        const specRef = [examples, name] as const;
        // Only the mocks and the API of FirstOfficer pair examples by name. Elsewhere only invalid data get the same status.
        const basis = ['400', '422'].includes(status) ? exampleConformance.basis : 'profile';
        const exchange = await session.send({ parameters });
        if (!expectStatus(session, exchange, { statuses: [status], specRef, severity, basis })) return;
        // Error messages may differ from those of the example, and so may the data of a live API.
        if (!context.servesExamples || !isSuccess || !isJson(mediaType)) return;
        // Without a specific Accept header, a server may choose another documented media type.
        if (findDocumentedBody(exchange) && !findDocumentedJson(exchange)) return;
        for (const path of findDifferences(body, exchange.json)) {
          session.report(exchange, {
            expected: `${path} as in the example: ${preview(getMember(body, path))}`,
            actual: preview(getMember(exchange.json, path)),
            specRef,
            severity,
            basis,
          });
        }
      },
    }));
  },
};
