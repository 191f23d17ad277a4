import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTemporaryFolder } from '@firstofficer/common/testing';
import { compareDescriptions } from '@firstofficer/spec-diff';
import { describe, test } from 'vitest';
import { SHOP_EDITS, SPEC_EDITS } from './edits.ts';

const SPEC = join(import.meta.dirname, '../../../spec/openapi.yaml');
const SHOP = join(import.meta.dirname, '../fixtures/shop.yaml');

describe.for([
  { file: SPEC, edits: SPEC_EDITS },
  { file: SHOP, edits: SHOP_EDITS },
])('an edit of $file', ({ file, edits }) => {
  test.concurrent.for(edits)('%s: %s', async ([, step, before, after], context) => {
    const text = await readFile(file, 'utf8');
    const edited = text.replace(before, after);
    context.expect(edited, 'the text to replace is gone').not.toBe(text);
    const folder = await createTemporaryFolder(context);
    const revision = join(folder, 'openapi.yaml');
    await writeFile(revision, edited);
    const comparison = await compareDescriptions({ base: file, revision });
    context.expect(comparison.step, JSON.stringify(comparison.changes, undefined, 2)).toBe(step);
  });
});
