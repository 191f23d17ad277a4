import { demandingCustomers } from '@firstofficer/contract';
import { describe, expect, test } from 'vitest';
import { databases, sqlite } from './databases.ts';
import { expectConforming, importAll, startSeededApi } from './running-api.ts';

// The headers for pages of other origins must not depend on the database, so one of the two runs has them.
const OPTIONS = { allowOrigins: new Set(['http://localhost:8080']) };

describe.each(databases)('on $name', (kind) => {
  test('the server passes all contract checks, and each check of a retrieval runs', async (context) => {
    const api = await startSeededApi(context, kind, kind === sqlite ? OPTIONS : {});
    await importAll(api.location, api.accountId, demandingCustomers);
    const report = await expectConforming(api, 20_261_124);
    // The API has one operation, which creates nothing and returns no list.
    const skipped = report.checks.filter(({ status }) => status !== 'passed').map(({ check }) => check);
    expect(
      skipped.filter(
        (check) => !/^(created|list|update)_|^(unique_identifiers|location_conformance|deleted_gone)$/.test(check),
      ),
    ).toEqual([]);
  });
});
