import { getHeader } from '../http/exchange.ts';
import type { Check } from './check.ts';
import { listTypicalRequests } from './statuses.ts';

const HEADER = 'x-request-id';
const ROUNDS = 3;

export const uniqueRequestIds: Check = {
  name: 'unique_request_ids',
  severity: 'error',
  basis: 'profile',
  needs: 'a GET operation that documents the header X-Request-Id',
  rationale: 'Each response has another X-Request-Id: otherwise support finds the log line of another request.',
  testCases(operation) {
    const [header] = Object.values(operation.responses).flatMap(({ headers = {} }) =>
      Object.entries(headers).flatMap(([name, described]) => (name.toLowerCase() === HEADER ? [described] : [])),
    );
    if (operation.method !== 'GET' || !header) return [];
    return [
      {
        name: `${ROUNDS} responses to each typical request`,
        async run(session) {
          const requests = Array.from({ length: ROUNDS }, () => listTypicalRequests(operation)).flat();
          const ids = new Set<string>();
          for (const { parts } of requests) {
            const exchange = await session.send(parts);
            const id = getHeader(exchange, HEADER);
            if (id === undefined) continue;
            if (ids.has(id)) {
              const expected = 'another X-Request-Id in each response';
              session.report(exchange, { expected, actual: `${id} again`, specRef: [header] });
              return;
            }
            ids.add(id);
          }
          if (ids.size === 0) session.skip('the target sends no X-Request-Id');
        },
      },
    ];
  },
};
