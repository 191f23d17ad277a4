export { DEFAULT_TOKEN } from './default-token.ts';
export { type Mock, type MockOptions, startMock } from './server.ts';
