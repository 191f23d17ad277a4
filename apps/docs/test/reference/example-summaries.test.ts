import { expect, test } from 'vitest';
import { withExampleSummaries } from '../../src/reference/example-summaries.ts';

test('two references to one example keep their summaries, and the example stays unchanged', () => {
  const Paying = { summary: 'Nine months', value: { id: 1 } };
  const $ref = '#/components/examples/Paying';
  const document = {
    examples: { byId: { $ref, summary: 'By ID' }, byMail: { $ref, summary: 'By email' }, plain: { $ref } },
    components: { examples: { Paying } },
  };

  expect(withExampleSummaries(document)).toEqual({
    examples: {
      byId: { summary: 'By ID', value: { id: 1 } },
      byMail: { summary: 'By email', value: { id: 1 } },
      plain: { $ref },
    },
    components: { examples: { Paying } },
  });
});
