import { getHeader } from '../http/exchange.ts';
import type { Check } from './check.ts';
import { sendTwice } from './compare.ts';
import { canSendHead, expectStatus, listTypicalRequests } from './statuses.ts';

// Headers that describe the body. HEAD and GET must have the same values if both have them.
const COMPARED = ['content-type', 'content-length', 'content-encoding', 'www-authenticate'];

export const headConformance: Check = {
  name: 'head_conformance',
  severity: 'error',
  basis: 'rfc',
  needs: 'a GET operation that returns no stream',
  rationale: 'HEAD gets the response of GET without the body (RFC 9110, 9.3.2): caches and monitors rely on it.',
  testCases(operation, { alternatives }) {
    if (!canSendHead(operation)) return [];
    const specRef = [operation.definition, 'responses'] as const;
    const requests = [
      ...listTypicalRequests(operation),
      ...alternatives.map((parameters, index) => ({
        name: `an existing resource, by alternative ${index + 1}`,
        parts: { parameters },
      })),
    ];
    return requests.map(({ name, parts }) => ({
      name,
      async run(session) {
        const { first: get, isStable } = await sendTwice(session, parts);
        const head = await session.send({ ...parts, method: 'HEAD' });
        const after = isStable ? await session.send(parts) : get;
        if (!expectStatus(session, head, { statuses: [String(get.status)], specRef }) || !isStable) return;
        for (const header of COMPARED) {
          const [wanted, sent] = [getHeader(get, header), getHeader(head, header)];
          // HEAD may leave out headers that depend on the body.
          const canOmit = header === 'content-length' || header === 'content-encoding';
          // The response to GET may change even if its documented content stays the same.
          if (wanted !== getHeader(after, header)) continue;
          if (wanted === sent || (wanted !== undefined && sent === undefined && canOmit)) continue;
          // GET may be chunked although HEAD has a Content-Length.
          if (wanted === undefined && header === 'content-length' && sent === String(get.body.length)) continue;
          session.report(head, {
            expected: `the same ${header} as for GET: ${wanted ?? 'none'}`,
            actual: `${header}: ${sent ?? 'none'}`,
            specRef,
          });
        }
      },
    }));
  },
};
