export type { Answer } from './engine/answer.ts';
export type { MockControl } from './engine/control.ts';
export type { ReceivedRequest, RequestFilter } from './engine/received.ts';
export type { Scenario } from './engine/scenarios.ts';
export { DEFAULT_TOKEN } from './engine/token.ts';
export { type Mock, type MockOptions, startMock } from './node/server.ts';
