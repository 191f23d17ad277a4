import type { MediaType } from '@firstofficer/openapi';
import { describe, expect, test } from 'vitest';
import { serializeBody } from '../../src/request/body.ts';

const FORM = 'application/x-www-form-urlencoded';

test.each<[mediaType: string, media: MediaType, value: unknown, content: string]>([
  ['application/json', {}, { a: null }, '{"a":null}'],
  ['application/merge-patch+json', {}, [], '[]'],
  [FORM, {}, { a: 'j & j', b: 1.5, c: true }, 'a=j+%26+j&b=1.5&c=true'],
  [FORM, {}, { a: ['x', 'y'], b: { c: 1 } }, 'a=x&a=y&b=%7B%22c%22%3A1%7D'],
  [FORM, { encoding: { a: { explode: false } } }, { a: ['x', 'y'] }, 'a=x,y'],
  [FORM, { encoding: { a: { style: 'deepObject', explode: true } } }, { a: { b: 'c d' } }, 'a%5Bb%5D=c+d'],
  [FORM, {}, { a: null, b: undefined, c: [] }, ''],
  ['text/plain', {}, 'text', 'text'],
])('%s with %j: %j is serialized as %s', (mediaType, media, value, content) => {
  expect(serializeBody(mediaType, media, value)).toEqual({ mediaType, content });
});

test('bytes of any type are sent as application/octet-stream', () => {
  expect(serializeBody('*/*', {}, 'bytes')).toEqual({ mediaType: 'application/octet-stream', content: 'bytes' });
});

describe('multipart/form-data', () => {
  /** Returns the body as fetch parses it. */
  async function parse(media: MediaType, value: unknown): Promise<FormData> {
    const { mediaType, content } = serializeBody('multipart/form-data', media, value);
    return new Response(new Uint8Array(Buffer.from(content)), { headers: { 'Content-Type': mediaType } }).formData();
  }

  test('has a part for each member and for each item of a list', async () => {
    const form = await parse({}, { text: 'ä', number: 7, list: ['a', 'b'], object: { a: 1 }, none: null });

    expect([...form]).toEqual([
      ['text', 'ä'],
      ['number', '7'],
      ['list', 'a'],
      ['list', 'b'],
      ['object', '{"a":1}'],
    ]);
  });

  test.each<[MediaType, type: string]>([
    [{ schema: { properties: { file: { format: 'binary' } } } }, 'application/octet-stream'],
    [{ schema: { properties: { file: { contentMediaType: 'text/csv' } } } }, 'text/csv'],
    [{ schema: { allOf: [{ properties: { file: { format: 'binary' } } }] } }, 'application/octet-stream'],
    [
      {
        schema: { properties: { file: { format: 'binary' } } },
        encoding: { file: { contentType: 'image/png, image/gif' } },
      },
      'image/png',
    ],
  ])('has a file for the member of %j', async (media, type) => {
    const file = (await parse(media, { file: 'text' })).get('file');

    expect(file).toBeInstanceOf(File);
    expect(file).toMatchObject({ type, name: 'file' });
    if (type === 'image/png')
      expect(
        Buffer.from(await (file as File).arrayBuffer())
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG');
  });
});
