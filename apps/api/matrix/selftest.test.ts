import { demandingCustomers, knownCustomers, verifyContract } from '@firstofficer/contract';
import { expect, test } from 'vitest';
import { faults, withChangedValues } from '../selftest/faults.ts';
import { loadSecret } from '../src/api-keys/secret.ts';
import { openForRequests } from '../src/database/open.ts';
import { loadApiDescription } from '../src/description.ts';
import { createHandlers } from '../src/handlers.ts';
import { seed } from '../src/seed.ts';
import { createServer } from '../src/server/create-server.ts';
import { sqlite } from '../test/databases.ts';
import { importAll } from '../test/running-api.ts';

const description = await loadApiDescription();

test.for(faults)('the contract tests report a server that $name', async (fault, context) => {
  const { check, changeServer, changeValues } = fault;
  const location = await sqlite.create(context);
  const { key, accountId } = await seed(location, {});
  await importAll(location, accountId, demandingCustomers);
  const database = openForRequests(location);
  const secret = await loadSecret(database, location.directory, {});
  const faulty = withChangedValues(database, changeValues);
  const app = createServer({ description, handlers: createHandlers(faulty), database: faulty, secret });
  context.onTestFinished(async () => {
    app.server.closeAllConnections();
    await app.close();
    await database.close();
  });
  changeServer?.(app);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const report = await verifyContract({
    target: { url, token: key },
    customers: knownCustomers(demandingCustomers),
    seed: 1,
    generated: 10,
  });

  const failed = report.checks.filter(({ status }) => status === 'failed').map((result) => result.check);
  expect(report.verdict).toBe('failed');
  expect(failed).toContain(check);
});
