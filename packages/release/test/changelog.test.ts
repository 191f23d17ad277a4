import { expect, test } from 'vitest';
import changelog from '../src/changelog.ts';

test('the entry of a changeset is its text, without a commit hash', () => {
  const changeset = { summary: 'Added `--latency`.\n', commit: '0123456789abcdef' };

  expect(changelog.getReleaseLine(changeset)).toBe('- Added `--latency`.');
});

test('further paragraphs and code belong to the same entry', () => {
  const summary = 'Renamed `--wait`.\n\n```sh\nmock --latency 5\n```';

  expect(changelog.getReleaseLine({ summary })).toBe('- Renamed `--wait`.\n\n  ```sh\n  mock --latency 5\n  ```');
});

test('an entry names the new versions of the packages that a package uses', () => {
  const dependencies = [
    { name: '@firstofficer/spec', newVersion: '2.3.0' },
    { name: '@firstofficer/common', newVersion: '0.1.1' },
  ];

  expect(changelog.getDependencyReleaseLine([], dependencies)).toBe(
    '- Uses `@firstofficer/spec` 2.3.0, `@firstofficer/common` 0.1.1.',
  );
  expect(changelog.getDependencyReleaseLine([], [])).toBe('');
});
