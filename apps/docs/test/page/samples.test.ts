import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { SOURCES } from '../../src/content/read-content.ts';
import { readSamples } from '../../src/content/samples.ts';
import { renderCode } from '../../src/page/code.ts';
import { splitExpectedOutput } from '../../src/page/expected-output.ts';
import { renderLanguages } from '../../src/page/languages.ts';
import { renderSamples, type SamplePanel } from '../../src/page/samples.ts';

const samples = await readSamples(SOURCES.samples);
const panel: SamplePanel = {
  operationId: 'retrieveCustomer',
  method: 'get',
  path: '/v2/customers/{customer}',
  samples,
  hasTryIt: true,
};

function render(changes: Partial<SamplePanel> = {}) {
  return parseHTML(renderSamples({ ...panel, ...changes }).text).document;
}

function listTexts(root: ParentNode, selector: string): (string | null)[] {
  return [...root.querySelectorAll(selector)].map(({ textContent }) => textContent);
}

test('the panel has every sample once, equal to its file, by case and language', () => {
  const found = [...render().querySelectorAll('.case')].flatMap((part) => {
    const title = part.querySelector('summary')?.textContent;
    return [...part.querySelectorAll('[data-language]')].map((variant) => [
      title,
      variant.getAttribute('data-language'),
      listTexts(variant, 'pre > code'),
    ]);
  });

  expect(found).toEqual(samples.map(({ title, lang, source }) => [title, lang.toLowerCase(), listParts(source)]));
});

/** Returns the code of a sample, and what it prints. */
function listParts(source: string): string[] {
  const { code, output } = splitExpectedOutput(source);
  return output ? [code, output.code] : [code];
}

test.each([
  ['puts 1\n#=> 1', ['puts 1', '1']],
  ['log(a);\n\n//=> {\n//=>   "a": 1\n//=> }', ['log(a);', '{\n  "a": 1\n}']],
  ['puts 1\n#=> 1\nputs 2\n#=> 2', ['puts 1\n#=> 1\nputs 2\n#=> 2']],
  ['# a => b\nputs 1', ['# a => b\nputs 1']],
])('the sample %j has the parts %j', (source, parts) => {
  expect(listParts(source)).toEqual(parts);
});

test('language and case are two controls, and only the first case is open', () => {
  const document = render();

  expect(listTexts(document, '[data-choose-language]')).toEqual(['cURL', 'TypeScript', 'Ruby', 'Python']);
  expect(listTexts(document, 'label:has(select) option')).toEqual(['Retrieve', 'A lost customer', 'Errors']);
  expect(listTexts(document, '.case[open] > summary')).toEqual(['Retrieve']);
});

test('one case needs no control, and one language neither', () => {
  const document = render({ samples: samples.slice(0, 1) });

  expect(listTexts(document, 'select, [data-choose-language]')).toEqual([]);
  expect(listTexts(document, 'pre > code')).toEqual(listParts(samples[0]?.source ?? ''));
});

test('samples in languages without a button are always shown', () => {
  const document = render({
    samples: [
      { title: 'Example', lang: 'C#', source: 'var a = "<b>";' },
      { title: 'Example', lang: 'Shell', source: 'curl http://127.0.0.1/' },
    ],
  });

  expect(listTexts(document, '.variants > [data-language="curl"] code')).toEqual(['curl http://127.0.0.1/']);
  expect(listTexts(document, '.case > figure code')).toEqual(['var a = "<b>";']);
});

test('the button that sends the request names its operation, and is only there if the request can be sent', () => {
  expect(render().querySelector('button[data-try-it="retrieveCustomer"]')?.textContent).toBe('Try it');
  expect(render({ hasTryIt: false }).querySelector('[data-try-it]')).toBeNull();
});

test('text of the description is escaped', () => {
  const document = render({ path: '/a/<b>', operationId: '"><i>' });

  expect(document.querySelector('.samples-request code')?.textContent).toBe('/a/<b>');
  expect(document.querySelector('b, i')).toBeNull();
});

test('a group of languages shows them in the order of the site, whatever their names in fences are', () => {
  const group = renderLanguages(['py', 'rb', 'ts'].map((lang) => ({ language: lang, content: renderCode('x', lang) })));
  const { document } = parseHTML(group.text);

  const order = [...document.querySelectorAll('.variants > *')].map((variant) => variant.getAttribute('data-language'));
  expect(order).toEqual(['typescript', 'ruby', 'python']);
  expect(listTexts(document, '[data-languages] > [role="group"] > button')).toEqual(['TypeScript', 'Ruby', 'Python']);
});
