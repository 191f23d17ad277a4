export type { AuthForm } from './authorization.ts';
export { type ClientOptions, createClient, type FirstOfficer } from './client.ts';
export type { Customer, Customers } from './customers.ts';
export { type ErrorCode, FirstOfficerError } from './error.ts';
export type { components, operations, paths } from './generated/openapi.ts';
