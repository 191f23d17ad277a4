export { type Mock, type MockOptions, startMock } from './server.ts';
export { DEFAULT_TOKEN } from './token.ts';
