export type { DatabaseLocation } from './database/open.ts';
export { type Seeded, seed } from './seed.ts';
export type { Certificate, Limits } from './server/create-server.ts';
export { type Api, type ApiOptions, startApi } from './start.ts';
