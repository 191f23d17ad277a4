import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { formatCommands, ROOT } from '../src/commands.ts';

test('commands with packages have a form with a clone', () => {
  expect(formatCommands('npx -y @firstofficer/mock --port 4010', { published: false })).toBe(
    'npx -y pnpm@12 mock --port 4010',
  );
  expect(formatCommands('npm install --save-dev @firstofficer/mock', { published: false })).toContain(
    'npm install --save-dev ~/firstofficer-mock/*.tgz',
  );
});

const FILES = [
  'apps/docs/guides/8-from-stripe-to-your-api.md',
  'apps/docs/guides/1-get-started.md',
  'apps/docs/guides/6-test-against-the-mock.md',
  'packages/client/README.md',
  'packages/contract/examples/github-actions.yml',
  'packages/contract/examples/gitlab-ci.yml',
  'packages/openapi/README.md',
];

test.for(FILES)('%s has both forms, and each can be restored from the other', async (file) => {
  const text = await readFile(join(ROOT, file), 'utf8');
  const clone = formatCommands(text, { published: false });
  const npm = formatCommands(text, { published: true });

  expect(npm).not.toBe(clone);
  expect(clone).not.toMatch(/npx (-y )?@firstofficer|npm install (--save-dev )?@firstofficer/);
  expect(npm).not.toMatch(/pnpm@12|not on npm yet|\.tgz|FIRSTOFFICER_REPOSITORY/);
  expect(formatCommands(npm, { published: false })).toBe(clone);
  expect(formatCommands(clone, { published: true })).toBe(npm);
});

test('every file has the form that release.json selects', async () => {
  const script = join(ROOT, 'packages/testing/src/generate.ts');

  await expect(promisify(execFile)(process.execPath, [script, '--check'])).resolves.toMatchObject({ stderr: '' });
});
