import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { renderCode } from '../../src/page/code.ts';

type Options = Parameters<typeof renderCode>[2];

/** Renders code and parses the figure. */
function readFigure(code: string, lang: string, options?: Options) {
  const { document } = parseHTML(`<!doctype html><body>${renderCode(code, lang, options).text}</body>`);
  const figures = [...document.querySelectorAll('figure')];
  return {
    labels: figures.map((figure) => figure.querySelector('figcaption span')?.textContent),
    buttons: figures.map((figure) => figure.querySelector(':scope > figcaption > button')?.textContent),
    // The button of a figure copies the first code element in it.
    codes: figures.map((figure) => figure.querySelector('code')?.textContent),
    tokens: [...document.querySelectorAll('code span')].map((token) => token.className),
    figure: document.querySelector('figure'),
  };
}

describe('renderCode', () => {
  test.each([
    ['sh', 'curl "https://a.example/$ID" # <b>&amp;</b>', 'Terminal'],
    ['ts', "const a: string = '<i>' && `x`;", 'TypeScript'],
    ['js', "export default { a: '1' };", 'JavaScript'],
    ['ruby', 'puts "#{a}" if a > 1', 'Ruby'],
    ['python', 'print("a", end="")', 'Python'],
    ['json', '{ "a": [1, null, "<\\n>"] }', 'JSON'],
    ['yaml', 'on: [push] # always', 'YAML'],
    ['xml', '<a b="c">d</a>', 'XML'],
  ])('keeps the text of %s, and colors it', (lang, code, label) => {
    const { labels, buttons, codes, tokens } = readFigure(code, lang);
    expect({ labels, buttons, codes }).toEqual({ labels: [label], buttons: ['Copy'], codes: [code] });
    expect(tokens.some((name) => name.startsWith('hljs-'))).toBe(true);
  });

  test('shows code in an unknown language without colors', () => {
    const { codes, tokens, labels } = readFigure('a <b> & "c"', 'klingon');
    expect({ codes, tokens, labels }).toEqual({ codes: ['a <b> & "c"'], tokens: [], labels: ['Text'] });
  });

  test('shows invalid code', () => {
    expect(readFigure('{ "a": ', 'json').codes).toEqual(['{ "a": ']);
  });

  test('keeps empty lines and spaces', () => {
    expect(readFigure('\n\n  a\n\n\tb  \n', 'python').codes).toEqual(['\n\n  a\n\n\tb  \n']);
  });

  test('shows the output in the same figure', () => {
    const { figure, labels, buttons, codes } = readFigure('curl a', 'sh', { output: { code: '{}', lang: 'json' } });
    expect({ labels, buttons }).toEqual({ labels: ['Terminal', 'Output'], buttons: ['Copy', 'Copy'] });
    expect(codes).toEqual(['curl a', '{}']);
    expect(figure?.querySelectorAll('figure')).toHaveLength(1);
  });

  test('takes labels for both parts', () => {
    const output = { code: '{}', lang: 'json', label: '200 OK' };
    expect(readFigure('curl a', 'sh', { label: 'Request', output }).labels).toEqual(['Request', '200 OK']);
  });
});

test('URLs wrap after their slashes, and other text does not', () => {
  const { figure, codes } = readFigure('curl https://a.example/v2/b # a/b', 'sh');

  expect(figure?.querySelector('code')?.innerHTML).toContain('https://a.example/<wbr>v2/<wbr>b');
  expect(figure?.querySelectorAll('wbr')).toHaveLength(2);
  expect(codes).toEqual(['curl https://a.example/v2/b # a/b']);
});
