import { type KnownCustomer, knownCustomers } from '../src/index.ts';
import type { FaultGroup } from './fault.ts';
import { acceptedCredentials, orderOfAuthentication, rejectedCredentials } from './faults/authentication.ts';
import { bodyBytes } from './faults/body-bytes.ts';
import { bodyShape, figures } from './faults/body-shape.ts';
import { conditionalRequests } from './faults/conditional-requests.ts';
import { decoding } from './faults/decoding.ts';
import { challenges, errors } from './faults/errors.ts';
import { exactMatch } from './faults/exact-match.ts';
import { contentTypes, messageFraming } from './faults/http-message.ts';
import { identifierKinds } from './faults/identifier-kinds.ts';
import { methods } from './faults/methods.ts';
import { stability } from './faults/stability.ts';
import { serverErrors, statuses, unavailability } from './faults/status.ts';
import { undocumentedInput } from './faults/undocumented-input.ts';
import { customers, exampleCustomers } from './server/description.ts';

export type { TestRequest } from './fault.ts';
export { legitimateVariants } from './legitimate.ts';
export { TOKEN } from './server/correct.ts';
export { startServer } from './server/serve.ts';
export type { Variant } from './server/steps.ts';

/** All faulty servers, in groups. */
export const faultGroups: readonly FaultGroup[] = [
  bodyShape,
  figures,
  bodyBytes,
  messageFraming,
  contentTypes,
  statuses,
  serverErrors,
  unavailability,
  errors,
  challenges,
  acceptedCredentials,
  rejectedCredentials,
  orderOfAuthentication,
  identifierKinds,
  exactMatch,
  decoding,
  methods,
  stability,
  undocumentedInput,
  conditionalRequests,
];

/** The customers of the description's examples, for the `customers` option. */
export const EXAMPLE_CUSTOMERS: readonly KnownCustomer[] = knownCustomers(exampleCustomers, customers);

/** All customers of the server, for the `customers` option. */
export const KNOWN_CUSTOMERS: readonly KnownCustomer[] = knownCustomers(customers);
