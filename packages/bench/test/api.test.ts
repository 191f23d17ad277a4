import { expect, test } from 'vitest';
import { compareCpu, measureServers } from '../src/api/api.ts';
import { createData } from '../src/api/data.ts';

test('our server uses about as little CPU time per request as Fastify', async () => {
  await using data = await createData('sqlite', 10_000);

  const rounds = await measureServers(data, { rounds: 5, seconds: 0.5 });

  // Other work on the machine distorts the figures a little. `pnpm bench api --check` has the real limit.
  expect(compareCpu(rounds, 'ours').median).toBeLessThan(1.15);
  expect(compareCpu(rounds, 'node:http').median).toBeLessThan(1);
});
