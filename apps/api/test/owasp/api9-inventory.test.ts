import { describe, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { openForRequests } from '../../src/database/open.ts';
import { loadApiDescription } from '../../src/description.ts';
import { createHandlers } from '../../src/handlers.ts';
import { createServer } from '../../src/server/create-server.ts';
import { databases } from '../databases.ts';

describe.each(databases)('on $name', (kind) => {
  test('the routes under /v2 are exactly the operations of the description', async (context) => {
    const description = await loadApiDescription();
    const database = openForRequests(await kind.create(context));
    await migrate(database);
    const app = createServer({ description, handlers: createHandlers(database), database, secret: 'x'.repeat(32) });
    context.onTestFinished(async () => {
      await app.close();
      await database.close();
    });
    await app.ready();
    const served = [...app.printRoutes({ commonPrefix: false }).matchAll(/(\/\S*) \(([A-Z, ]+)\)/g)].flatMap(
      ([, path = '', methods = '']) => methods.split(', ').map((method) => `${method} ${path}`),
    );

    const documented = description.operations.map(
      ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    const heads = documented.filter((route) => route.startsWith('GET ')).map((route) => route.replace('GET', 'HEAD'));
    expect(served.filter((route) => !/ \/(healthz|readyz)$/.test(route)).toSorted()).toEqual(
      [...documented, ...heads].toSorted(),
    );
  });
});
