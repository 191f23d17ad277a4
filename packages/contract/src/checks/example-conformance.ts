import { findExamplePairs } from '@firstofficer/openapi';
import { isJson } from '../http/media-type.ts';
import { documentedBody, isDocumentedJson } from '../request/operation-exchange.ts';
import { differences, memberAt } from '../schema/differences.ts';
import { preview } from '../schema/preview.ts';
import type { Check } from './check.ts';
import { mayCall } from './context.ts';
import { expectStatus } from './expectations.ts';

export const exampleConformance: Check = {
  name: 'example_conformance',
  severity: 'error',
  rationale: 'A request with a parameter example gets the response example of the same name.',
  testCases(operation, context) {
    if (operation.requestBody || !mayCall(context, operation.method)) return [];
    return findExamplePairs(operation).map(({ name, parameters, status, mediaType, body }) => ({
      name: `the example ${name}`,
      async run(session) {
        // A target with other data need not have the resources of the examples, but must reject what the examples reject.
        const isSuccess = status.startsWith('2');
        const severity = isSuccess && !context.servesExamples ? ('note' as const) : ('error' as const);
        const examples = operation.responses[status]?.content?.[mediaType]?.examples ?? {};
        const specRef = [examples, name] as const;
        const exchange = await session.send({ parameters });
        if (!expectStatus(session, exchange, [status], { specRef, severity })) return;
        // Error messages may differ from those of the example, and so may the data of a live API.
        if (!context.servesExamples || !isSuccess || !isJson(mediaType)) return;
        // Without a specific Accept header, a server may choose another documented media type.
        if (documentedBody(exchange) && !isDocumentedJson(exchange)) return;
        for (const path of differences(body, exchange.json)) {
          session.report(exchange, {
            expected: `${path} as in the example: ${preview(memberAt(body, path))}`,
            actual: preview(memberAt(exchange.json, path)),
            specRef,
            severity,
          });
        }
      },
    }));
  },
};
