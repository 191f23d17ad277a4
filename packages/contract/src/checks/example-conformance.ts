import { examplePairs } from '@firstofficer/openapi';
import type { Check } from '../engine/check.ts';
import { differences, memberAt } from '../engine/differences.ts';
import { expectStatus } from '../engine/expectations.ts';
import { documentedBody, isDocumentedJson, isJson } from '../engine/media-type.ts';
import { show } from '../engine/show.ts';
import { mayCall } from '../engine/subject.ts';

export const exampleConformance: Check = {
  name: 'example_conformance',
  severity: 'error',
  rationale: 'Examples are promises: a parameter example is answered by the response example of the same name.',
  probes(operation, subject) {
    if (operation.requestBody || !mayCall(subject, operation.method)) return [];
    return examplePairs(operation).map(({ name, parameters, status, mediaType, body }) => ({
      name: `the example ${name}`,
      async run(session) {
        // A target with data of its own need not have the examples' as well, but refuses what the examples refuse.
        const isSuccess = status.startsWith('2');
        const severity = isSuccess && !subject.servesExamples ? ('note' as const) : ('error' as const);
        const examples = operation.responses[status]?.content?.[mediaType]?.examples ?? {};
        const promise = [examples, name] as const;
        const exchange = await session.send({ parameters });
        if (!expectStatus(session, exchange, [status], { promise, severity })) return;
        // Words for people may differ from those of the example, and so may figures that a live API has of its own.
        if (!subject.servesExamples || !isSuccess || !isJson(mediaType)) return;
        // Asked for nothing special, a server may choose another documented type.
        if (documentedBody(exchange) && !isDocumentedJson(exchange)) return;
        for (const path of differences(body, exchange.json)) {
          session.report(exchange, {
            expected: `${path} as in the example: ${show(memberAt(body, path))}`,
            actual: show(memberAt(exchange.json, path)),
            promise,
            severity,
          });
        }
      },
    }));
  },
};
