import { expect, test } from 'vitest';
import { editRedoc } from '../../src/reference/load-redoc.ts';
import { buildRedocOptions, loadReference } from '../../src/reference/redoc.ts';

test('Redoc renders nested members without a browser', async () => {
  const tree = { type: 'object', properties: { trunk: { type: 'object', properties: { bark: { type: 'string' } } } } };
  const document = {
    openapi: '3.1.0',
    info: { title: 'Trees', version: '1' },
    components: { schemas: { Tree: tree } },
  };
  const reference = await loadReference(document, buildRedocOptions('/'));

  expect(reference.render('/schemas/tree')).toContain('>bark<');
});

test.each(['', 'children:n}){let[r,i]=useState(e)'.repeat(2)])(
  'a Redoc that has changed fails the build: "%s"',
  (source) => {
    expect(() => editRedoc(source)).toThrow('Redoc has changed');
  },
);
