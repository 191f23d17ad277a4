import { absoluteForm } from './absolute-form.ts';
import { acceptIndependence } from './accept-independence.ts';
import { acceptedAuth } from './accepted-auth.ts';
import { authPrecedence } from './auth-precedence.ts';
import { authUniformity } from './auth-uniformity.ts';
import type { Check } from './check.ts';
import { conditionalRequests } from './conditional-requests.ts';
import { contentCoding } from './content-coding.ts';
import { contentTypeConformance } from './content-type-conformance.ts';
import { credentialsDisclosure } from './credentials-disclosure.ts';
import { deprecations } from './deprecations.ts';
import { exampleConformance } from './example-conformance.ts';
import { headConformance } from './head-conformance.ts';
import { headerIndependence } from './header-independence.ts';
import { ignoredAuth } from './ignored-auth.ts';
import { informationDisclosure } from './information-disclosure.ts';
import { jsonDuplicateMembers } from './json-duplicate-members.ts';
import { jsonEncoding } from './json-encoding.ts';
import { jsonSyntax } from './json-syntax.ts';
import { linkConformance } from './link-conformance.ts';
import { LIST_CHECKS } from './lists/index.ts';
import { messageFraming } from './message-framing.ts';
import { negativeDataRejection } from './negative-data-rejection.ts';
import { noResponse } from './no-response.ts';
import { notAServerError } from './not-a-server-error.ts';
import { numberPrecision } from './number-precision.ts';
import { pathEncoding } from './path-encoding.ts';
import { positiveDataAcceptance } from './positive-data-acceptance.ts';
import { queryIndependence } from './query-independence.ts';
import { repeatability } from './repeatability.ts';
import { responseHeadersConformance } from './response-headers-conformance.ts';
import { responseSchemaConformance } from './response-schema-conformance.ts';
import { STATE_CHECKS } from './state/index.ts';
import { statusCodeConformance } from './status-code-conformance.ts';
import { undocumentedMembers } from './undocumented-members.ts';
import { uniqueRequestIds } from './unique-request-ids.ts';
import { unsupportedMethod } from './unsupported-method.ts';

/** The checks for any API. Those that check every response come first. */
export const CHECKS: readonly Check[] = [
  noResponse,
  notAServerError,
  statusCodeConformance,
  contentTypeConformance,
  responseHeadersConformance,
  responseSchemaConformance,
  jsonSyntax,
  jsonEncoding,
  jsonDuplicateMembers,
  numberPrecision,
  contentCoding,
  informationDisclosure,
  credentialsDisclosure,
  undocumentedMembers,

  exampleConformance,
  positiveDataAcceptance,
  negativeDataRejection,
  linkConformance,
  acceptedAuth,
  ignoredAuth,
  authPrecedence,
  authUniformity,
  unsupportedMethod,
  headConformance,
  messageFraming,
  queryIndependence,
  acceptIndependence,
  headerIndependence,
  absoluteForm,
  pathEncoding,
  conditionalRequests,
  uniqueRequestIds,
  repeatability,
  deprecations,

  ...STATE_CHECKS,
  ...LIST_CHECKS,
];
