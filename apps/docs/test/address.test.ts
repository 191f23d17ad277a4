import { expect, test } from 'vitest';
import { parseAddress } from '../src/address.ts';

test.each([
  ['/', { base: '/', url: undefined }],
  ['/docs', { base: '/docs/', url: undefined }],
  ['https://docs.example.com', { base: '/', url: 'https://docs.example.com/' }],
  ['https://example.com/sub/v1/', { base: '/sub/v1/', url: 'https://example.com/sub/v1/' }],
])('parses %j', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});

test.each(['docs.example.com', '//example.com', 'ftp://example.com', ''])(
  'fails for %j with an example of a valid address',
  (text) => {
    expect(() => parseAddress(text)).toThrow(/such as https:\/\//);
  },
);
