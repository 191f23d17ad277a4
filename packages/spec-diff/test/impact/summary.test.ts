import { expect, test } from 'vitest';
import type { GateResult } from '../../src/gate/gate.ts';
import type { ClientRun } from '../../src/impact/clients.ts';
import type { Impact } from '../../src/impact/impact.ts';
import { formatSummary } from '../../src/impact/summary.ts';
import { formatReport } from '../../src/impact/terminal.ts';
import { diffTexts, findBlock } from '../../src/impact/text-diff.ts';

const GATE: GateResult = {
  documents: { base: {}, revision: {} },
  comparison: { step: 'minor', changes: [] },
  versions: { base: '2.2.1', revision: '2.3.0' },
  required: '2.3.0',
  problems: [],
};
const NO_IMPACT: Impact = {
  sentences: [],
  types: { diff: undefined, areCommentsChanged: false },
  pages: [],
  mentions: [],
  clients: undefined,
  problems: [],
};
const SENTENCE = { step: 'minor', text: 'The response 200 gains the member `a|b`.', changes: [] } as const;

test('names of the description cannot break the Markdown', () => {
  const lines = ['@@ x @@', '-```', '+</details>'];
  const run: ClientRun = {
    title: 'the client',
    origin: '<b>',
    passed: 1,
    failures: [{ name: '````', message: '<!--' }],
  };
  const text = formatSummary({
    gate: { ...GATE, problems: ['spec.yaml:1: "<img src=x>" is `wrong` [x](y) @team'] },
    impact: {
      ...NO_IMPACT,
      sentences: [SENTENCE],
      pages: [{ title: '</summary> | `x', kind: 'changed', diff: { lines, added: 1, removed: 1 } }],
      clients: [run],
    },
  });

  expect(text).toContain('- spec.yaml:1: "&#60;img src=x&#62;" is `wrong` &#91;x&#93;(y) &#64;team');
  expect(text).toContain('| Pages of the docs | &#60;/summary&#62; &#124; &#96;x |');
  expect(text).toContain('- The response 200 gains the member `a|b`.');
  expect(text).toContain('<summary>Page “&#60;/summary&#62; &#124; &#96;x” changed: 1 line added, 1 removed</summary>');
  expect(text).toContain('\n````diff\n@@ x @@\n-```\n+</details>\n````\n');
  expect(text).toContain('\n`````\n1 test: <!--\n  ✗ ````\n`````\n');
  expect(text).toContain('| The client | ❌ 1 of 2 tests failed |');
});

test('a summary that would be too large leaves out details', () => {
  const diff = { lines: Array.from({ length: 200 }, () => `+${'é'.repeat(900)}`), added: 200, removed: 0 };
  const pages = Array.from({ length: 9 }, (_, index) => ({ title: `Page ${index}`, kind: 'added' as const, diff }));
  const text = formatSummary({ gate: GATE, impact: { ...NO_IMPACT, sentences: [SENTENCE], pages } });

  expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
  expect(text).toMatch(/7 sections left out: the summary would be too large\./);
});

test('without a change, the result is one line', () => {
  const gate: GateResult = { ...GATE, comparison: { step: 'none', changes: [] } };

  expect(formatReport({ gate, impact: NO_IMPACT })).toBe('no change: info.version is 2.3.0');
  expect(formatSummary({ gate, impact: NO_IMPACT })).toBe(
    '## API description\n\n✅ **No change: info.version is 2.3.0**\n',
  );
});

test('a diff has the names of the blocks around each place', () => {
  const before =
    'export interface components {\n    schemas: {\n        "Pet": {\n            name: string;\n        };\n    };\n}\n';

  expect(diffTexts(before, before.replace('name: string;', 'name?: string;'), findBlock)).toEqual({
    lines: [
      '@@ components › schemas › Pet @@',
      '     schemas: {',
      '         "Pet": {',
      '-            name: string;',
      '+            name?: string;',
      '         };',
      '     };',
    ],
    added: 1,
    removed: 1,
  });
});
