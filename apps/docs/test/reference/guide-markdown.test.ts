import { expect, test } from 'vitest';
import { convertHeadings, replaceLinks } from '../../src/reference/guide-markdown.ts';

test('links are resolved, also in tables, and code stays unchanged', () => {
  const guide = 'See [more](5-metrics.md).\n\n| a |\n| - |\n| [b](1-a.md) |\n\n```sh\n[c](1-a.md)\n```\n';

  expect(replaceLinks(guide, (target) => `/${target.replace('.md', '')}`)).toBe(
    'See [more](/5-metrics).\n\n| a |\n| - |\n| [b](/1-a) |\n\n```sh\n[c](1-a.md)\n```\n',
  );
});

test('headings become HTML with an ID, and comments in code stay unchanged', () => {
  expect(convertHeadings('## Send the `key`\n\n```sh\n# no heading\n```\n')).toBe(
    '<h2 id="send-the-key">Send the <code>key</code></h2>\n\n```sh\n# no heading\n```\n',
  );
});
