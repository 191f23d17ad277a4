import { UsageError } from '@firstofficer/common/command';
import { EXIT } from './commands/options.ts';
import { ListenError } from './commands/serve.ts';
import { type DatabaseError, findDatabaseError } from './database/errors.ts';
import { createProgram } from './program.ts';
import { WorkerError } from './workers/pool.ts';

try {
  await createProgram().parseAsync();
} catch (error) {
  const { message, exitCode } = describeError(error);
  // A worker process has already printed the message.
  if (!(error instanceof WorkerError)) console.error(`firstofficer-api: ${message}`);
  process.exitCode = exitCode;
}

function describeError(error: unknown): { message: string; exitCode: number } {
  if (error instanceof WorkerError) return error;
  if (error instanceof ListenError) return { message: error.message, exitCode: EXIT.listen };
  if (error instanceof UsageError) return { message: error.message, exitCode: EXIT.usage };
  const fault = findDatabaseError(error);
  if (fault) return { message: `${fault.message}${getHint(fault)}`, exitCode: EXIT.database };
  return { message: error instanceof Error ? error.message : String(error), exitCode: EXIT.failed };
}

function getHint({ fault }: DatabaseError): string {
  const isRemote = Boolean(process.env.DATABASE_URL);
  return fault === 'unavailable' && isRemote ? ' Check DATABASE_URL, and check that PostgreSQL is running there.' : '';
}
