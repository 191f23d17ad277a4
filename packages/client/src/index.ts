export type { Api } from './api.ts';
export { createClient, type FirstOfficer } from './client.ts';
export type { Customers, CustomerWithResponse, RetrieveCustomer } from './customers.ts';
export { type ErrorCode, FirstOfficerError, isFirstOfficerError } from './error.ts';
export type { Fetch, FetchInit, FetchResponse, ResponseHead } from './fetch.ts';
export type {
  Attempt,
  AttemptResult,
  AuthForm,
  CallOptions,
  ClientOptions,
  OnDeprecation,
  OnRequest,
  OnResponse,
  OnRetry,
  Retry,
  TokenProvider,
  Validate,
} from './options.ts';
export type { Customer, components, operations, paths } from './types.ts';
