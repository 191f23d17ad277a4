import { expect, test } from 'vitest';
import { withExampleSummaries } from '../../src/reference/example-summaries.ts';

test('two uses of one example keep their own summaries, and what they refer to stays as it is', () => {
  const Paying = { summary: 'Nine months', value: { id: 1 } };
  const $ref = '#/components/examples/Paying';
  const document = {
    examples: { byId: { $ref, summary: 'By ID' }, byMail: { $ref, summary: 'By e-mail' }, plain: { $ref } },
    components: { examples: { Paying } },
  };

  expect(withExampleSummaries(document)).toEqual({
    examples: {
      byId: { summary: 'By ID', value: { id: 1 } },
      byMail: { summary: 'By e-mail', value: { id: 1 } },
      plain: { $ref },
    },
    components: { examples: { Paying } },
  });
});
