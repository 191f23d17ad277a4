import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { expect, test } from 'vitest';
import { readPendingStep } from '../src/gate/changesets.ts';
import type { Step } from '../src/gate/step.ts';
import { computeRequiredVersion, explainVersion } from '../src/gate/version.ts';

test.for<[base: string, step: Step, required: string]>([
  ['2.2.1', 'none', '2.2.1'],
  ['2.2.1', 'patch', '2.2.2'],
  ['2.2.1', 'minor', '2.3.0'],
  ['2.2.1', 'major', '3.0.0'],
  // Below 1.0.0, a minor version may break.
  ['0.3.1', 'major', '0.4.0'],
  ['0.3.1', 'minor', '0.4.0'],
  ['0.3.1', 'patch', '0.3.2'],
  // The release that a pre-release precedes is enough if its step is.
  ['3.0.0-beta.1', 'major', '3.0.0'],
  ['2.3.0-beta.1', 'major', '3.0.0'],
  ['2.3.0-beta.1', 'minor', '2.3.0'],
])('after %s, the step %s needs %s', ([base, step, required]) => {
  expect(computeRequiredVersion(base, step)).toBe(required);
});

test.for<[base: string, revision: string, step: Step]>([
  ['2.2.1', '2.2.1', 'none'],
  ['2.2.1', '2.2.2', 'patch'],
  ['2.2.1', '2.3.0', 'minor'],
  ['2.2.1', '3.0.0', 'major'],
  // A larger step than necessary.
  ['2.2.1', '2.3.0', 'none'],
  ['2.2.1', '3.0.0', 'patch'],
  ['0.3.1', '0.4.0', 'major'],
  ['0.3.1', '1.0.0', 'major'],
  ['2.2.1', '3.0.0-beta.1', 'major'],
  ['3.0.0-beta.1', '3.0.0-beta.2', 'major'],
  ['3.0.0-beta.1', '3.0.0', 'major'],
])('from %s to %s is enough for the step %s', ([base, revision, step]) => {
  expect(explainVersion({ base, revision }, step)).toBeUndefined();
});

test.for<[base: string, revision: string, step: Step, message: string]>([
  ['2.2.1', '2.2.1', 'patch', 'info.version is 2.2.1, too low for these changes. Set it to 2.2.2.'],
  ['2.2.1', '2.2.2', 'minor', 'info.version is 2.2.2, too low for these changes. Set it to 2.3.0.'],
  ['2.2.1', '2.3.0', 'major', 'info.version is 2.3.0, too low for these changes. Set it to 3.0.0.'],
  ['0.3.1', '0.3.2', 'major', 'info.version is 0.3.2, too low for these changes. Set it to 0.4.0.'],
  ['2.2.1', '2.3.0-beta.1', 'major', 'info.version is 2.3.0-beta.1, too low for these changes. Set it to 3.0.0.'],
  [
    '3.0.0-beta.1',
    '3.0.0-beta.1',
    'patch',
    'info.version is 3.0.0-beta.1, too low for these changes. Set it to 3.0.0.',
  ],
  ['2.2.1', '2.2.0', 'none', 'info.version is 2.2.0, lower than the released 2.2.1. Set it to 2.2.1.'],
  ['2.2.1', '2.1.0', 'minor', 'info.version is 2.1.0, lower than the released 2.2.1. Set it to 2.3.0.'],
  [
    '2.2.1',
    '2.9.0',
    'patch',
    'info.version is 2.9.0, but after 2.2.1 comes 2.2.2, 2.3.0, 3.0.0. Set it to 2.2.2, or to a higher one of these.',
  ],
])('from %s to %s is wrong for the step %s', ([base, revision, step, message]) => {
  expect(explainVersion({ base, revision }, step)).toBe(message);
});

test.for<[name: string, changesets: Record<string, string>, step: Step]>([
  ['none', {}, 'none'],
  ['one of another package', { one: '---\n"@firstofficer/mock": major\n---\nText.\n' }, 'none'],
  ['one of the spec', { one: '---\n"@firstofficer/spec": patch\n---\nText.\n' }, 'patch'],
  [
    'one of the client, which has the same version',
    { one: '---\n"@firstofficer/client": minor\n---\nText.\n' },
    'minor',
  ],
  [
    'several',
    {
      one: '---\n"@firstofficer/spec": patch\n---\nText.\n',
      two: '---\n"@firstofficer/mock": major\n"@firstofficer/spec": minor\n---\nText.\n',
    },
    'minor',
  ],
])('changesets: %s', async ([, changesets, step], context) => {
  const root = await createTemporaryFolder(context);
  await mkdir(join(root, '.changeset'));
  await writeFile(join(root, '.changeset/README.md'), '# Changesets\n');
  for (const [name, text] of Object.entries(changesets)) await writeFile(join(root, `.changeset/${name}.md`), text);
  await expect(readPendingStep(root)).resolves.toBe(step);
});

test('an invalid changeset is an error', async (context) => {
  const root = await createTemporaryFolder(context);
  await mkdir(join(root, '.changeset'));
  await writeFile(join(root, '.changeset/one.md'), 'Text without packages.\n');
  await expect(readPendingStep(root)).rejects.toThrow(/^cannot read the changesets in \.changeset: .*frontmatter/);
});
