import { fileURLToPath } from 'node:url';
import { type Mock, type MockOptions, startMock } from '@firstofficer/mock';
import { findExamplePairs, loadDescription } from '@firstofficer/openapi';
import { validate } from '../../src/validate.ts';

// The tests of this folder also run against the mock of another release: `pnpm spec:diff --clients` sets the variables.
const { CLIENT_TEST_MOCK_SPEC, CLIENT_TEST_MOCK_IS_OLDER } = process.env;

/** The path of the description that the mock serves. */
const SPEC = CLIENT_TEST_MOCK_SPEC ?? fileURLToPath(import.meta.resolve('@firstofficer/spec/openapi.yaml'));

/** Whether the mock serves an older release than the client's, which may lack what was added since. */
export const isOlder = CLIENT_TEST_MOCK_IS_OLDER === '1';

const description = await loadDescription(SPEC);

/** Returns the operation that retrieves a customer. Its name may be another one in another release. */
export function findRetrieval({ operations }: Pick<typeof description, 'operations'>) {
  const operation = operations.find(({ method, path }) => method === 'GET' && path === '/v2/customers/{customer}');
  if (!operation) throw new Error('the description has no operation GET /v2/customers/{customer}.');
  return operation;
}

/** The operation that the mock serves. */
export const served = findRetrieval(description);

/** The examples of a success that the mock serves. */
export const examples = findExamplePairs(served)
  .filter(({ status }) => status === '200')
  .map(({ name, parameters, body }) => ({ name, customer: parameters.customer ?? '', body: Object(body) }));

/** Returns the message of the first error that the mock serves with a status. */
export function findMessage(status: number): string | undefined {
  const [example] = Object.values(served.responses[status]?.content?.['application/json']?.examples ?? {});
  return Object(example?.value).error?.message;
}

/** Starts a mock of the description, which may be that of another release. */
export function startTestMock(options: MockOptions = {}): Promise<Mock> {
  return startMock({ spec: SPEC, ...options });
}

/** Checks a response as `validate` does. An older release may lack members that were added since. */
export const validateServed: typeof validate = (...response) =>
  validate(...response).filter((violation) => !isOlder || !violation.includes('must have required property'));
