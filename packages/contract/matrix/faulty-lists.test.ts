import { describe, expect, test } from 'vitest';
import { FAULTY_LISTS } from '../test/other-apis/faulty-lists.ts';
import { findErrors } from '../test/other-apis/find-list-errors.ts';

describe('is found', () => {
  test.for(FAULTY_LISTS)('a server that %s (%s): %s', async ([, style, check, steps], context) => {
    expect(await findErrors(context, style, steps)).toContain(check);
  });
});
