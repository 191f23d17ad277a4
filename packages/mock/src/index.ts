export { DEFAULT_TOKEN, type Mock, type MockOptions, startMock } from './server.ts';
