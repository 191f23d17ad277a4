export { type PostgresServer, PostgresUnavailableError, startPostgres } from './start.ts';
