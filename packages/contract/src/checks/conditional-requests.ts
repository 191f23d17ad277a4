import type { Operation } from '@firstofficer/openapi';
import { getHeader } from '../http/exchange.ts';
import { findFramingFault } from '../http/raw-response.ts';
import { type CredentialForm, listCredentialForms, needsKey } from '../request/credentials.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import type { RequestParts } from '../request/operation-request.ts';
import { WRONG_KEY } from '../request/wrong-credentials.ts';
import type { Check, Session, TestCase, Violation } from './check.ts';
import { findAuthError } from './statuses.ts';

// Enough to find another resource with another ETag.
const MAX_OTHERS = 10;

export const conditionalRequests: Check = {
  name: 'conditional_requests',
  severity: 'error',
  basis: 'rfc',
  needs: 'a GET operation that documents 304',
  rationale:
    'If-None-Match gets a 304 without a body, only for the current ETag and with a valid key (RFC 9110, 13.1.2): otherwise a client shows old data, or learns what others store.',
  testCases(operation, { alternatives, target }) {
    const documented = operation.responses['304'];
    if (operation.method !== 'GET' || !documented) return [];
    const specRef = [documented] as const;
    const others = alternatives.slice(0, MAX_OTHERS).map((parameters) => ({ parameters }));
    return [
      ...listCurrentCases(specRef),
      ...listOtherCases(specRef, others),
      ...listCasesWithoutKey(operation, listCredentialForms(operation, target)),
    ];
  },
};

type SpecRef = Violation['specRef'];

/** Returns the parts of a request with a condition. */
function ifNoneMatch(etag: string, parts: RequestParts = {}): RequestParts {
  return { ...parts, headers: [['If-None-Match', etag]] };
}

/** Returns the ETag of a success, or undefined if it has none. */
function findEtag(exchange: OperationExchange): string | undefined {
  return exchange.status === 200 && !exchange.isPartial ? getHeader(exchange, 'etag') : undefined;
}

/** Retrieves the current ETag. Ends the test case if there is none. */
async function getEtag(session: Session): Promise<string> {
  return findEtag(await session.send()) ?? session.skip('the target sends no ETag');
}

/** Returns whether two ETags are the same by the weak comparison of RFC 9110 (8.8.3.2). */
function isSameEtag(one: string | undefined, other: string): boolean {
  return one?.replace(/^W\//, '') === other.replace(/^W\//, '');
}

function listCurrentCases(specRef: SpecRef): TestCase[] {
  return [
    {
      name: 'an ETag is in double quotes',
      async run(session) {
        const exchange = await session.send();
        const etag = findEtag(exchange) ?? session.skip('the target sends no ETag');
        if (/^(W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/.test(etag)) return;
        session.report(exchange, { expected: 'an ETag in double quotes', actual: `ETag: ${etag}`, specRef });
      },
    },
    {
      name: 'the current ETag',
      async run(session) {
        const etag = await getEtag(session);
        const exchange = await session.send(ifNoneMatch(etag));
        const sent = getHeader(exchange, 'etag');
        // The resource may have changed since the first request, or each response may have its own ETag.
        if (exchange.status === 200 && !isSameEtag(sent, etag)) return;
        if (exchange.status !== 304) {
          const actual = `status ${exchange.status}`;
          session.report(exchange, { expected: 'status 304 for the current ETag', actual, specRef });
        } else if (!isSameEtag(sent, etag)) {
          const actual = sent === undefined ? 'no ETag' : `ETag: ${sent}`;
          session.report(exchange, { expected: `the ETag of the 200 in its 304: ${etag}`, actual, specRef });
        }
      },
    },
    {
      name: 'a 304 has no body',
      async run(session) {
        const { request, response } = await session.sendRaw(ifNoneMatch(await getEtag(session)));
        const fault = response.status === 304 && findFramingFault(request.method, response);
        if (fault) session.report({ request }, { ...fault, specRef });
      },
    },
  ];
}

function listOtherCases(specRef: SpecRef, others: readonly RequestParts[]): TestCase[] {
  /** Reports a 304 to an ETag that is not the current one. */
  const expectContent = async (session: Session, other: string) => {
    const exchange = await session.send(ifNoneMatch(other));
    if (exchange.status !== 304) return;
    // The resource may have changed meanwhile, so that the ETag is the current one now.
    if (isSameEtag(findEtag(await session.send()), other)) return;
    session.report(exchange, {
      expected: `no 304, because ${other} is not the current ETag`,
      actual: 'status 304',
      specRef,
    });
  };
  return [
    {
      name: 'an unknown ETag',
      async run(session) {
        await getEtag(session);
        await expectContent(session, '"firstofficer-contract"');
      },
    },
    {
      name: 'the ETag of another resource',
      async run(session) {
        const etag = await getEtag(session);
        for (const parts of others) {
          const other = findEtag(await session.send(parts));
          if (other !== undefined && !isSameEtag(other, etag)) return expectContent(session, other);
        }
        session.skip('the target has no other resource with another ETag');
      },
    },
  ];
}

function listCasesWithoutKey(operation: Operation, forms: readonly CredentialForm[]): TestCase[] {
  if (!needsKey(operation)) return [];
  const [form] = forms;
  const wrong = form && { name: 'a wrong key, and the current ETag', credentials: form.write(WRONG_KEY, WRONG_KEY) };
  return [{ name: 'no key, and the current ETag', credentials: undefined }, ...(wrong ? [wrong] : [])].map(
    ({ name, credentials }) => ({
      name,
      async run(session) {
        const { statuses, ...expected } = findAuthError(operation);
        const exchange = await session.send(ifNoneMatch(await getEtag(session), { credentials }));
        if (exchange.status !== 304) return;
        session.report(exchange, { expected: `status ${statuses.join(' or ')}`, actual: 'status 304', ...expected });
      },
    }),
  );
}
