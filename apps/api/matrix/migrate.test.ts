import { describe, expect, test } from 'vitest';
import { databases } from '../test/databases.ts';
import { runCommand } from '../test/run-command.ts';

const ROUNDS = 30;
const PROCESSES = 6;

describe.each(databases)('on $name', (kind) => {
  test.for(Array.from({ length: ROUNDS }, (_, index) => index + 1))(
    'several processes create the tables at once, round %i',
    async (_, context) => {
      const location = await kind.create(context);
      const results = await Promise.all(Array.from({ length: PROCESSES }, () => runCommand(location, ['migrate'])));
      expect(results.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
        Array(PROCESSES).fill({ code: 0, stderr: '' }),
      );
      expect(results.filter(({ stdout }) => stdout.startsWith('Done:'))).toHaveLength(1);
    },
  );

  test('all commands can run at once in an empty database', async (context) => {
    const location = await kind.create(context);
    const commands = [
      ['seed'],
      ['seed'],
      ['migrate'],
      ['account', 'list'],
      ...Array(3).fill(['account', 'create', 'Acme']),
    ];
    const results = await Promise.all(commands.map((command: string[]) => runCommand(location, command)));
    expect(results.map(({ code }) => code)).toEqual(commands.map(() => 0));
    const { stdout } = await runCommand(location, ['account', 'list']);
    expect(stdout.match(/Acme/g)).toHaveLength(3);
  });
});
