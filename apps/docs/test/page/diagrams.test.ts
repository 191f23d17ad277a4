import { readdir, readFile } from 'node:fs/promises';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { renderGuide } from '../../src/page/guide.ts';
import { description } from '../fixtures.ts';

const folder = `${SOURCES.guides}/diagrams`;
const files = await readdir(folder);
const { guides } = await readContent(SOURCES);

function parse(html: string) {
  return parseHTML(`<!doctype html><body>${html}</body>`).document;
}

test.each(files)('%s is on a page, without the style that the policy rejects', async (file) => {
  const svg = await readFile(`${folder}/${file}`, 'utf8');
  const pages = guides.filter(({ diagrams }) => [...diagrams.values()].includes(svg.trimEnd()));
  expect(pages).toHaveLength(1);
  for (const { markdown, diagrams } of pages) {
    const page = parse(renderGuide({ markdown, diagrams }).main.text);
    const image = page.querySelector('.diagram svg[role="img"]');
    const labels = image?.getAttribute('aria-labelledby')?.split(' ') ?? [];
    expect(labels.map((id) => page.getElementById(id)?.localName)).toEqual(['title', 'desc']);
    expect(page.querySelector('style, [style], img')).toBeNull();
    // The Markdown of the page has the words instead of the diagram.
    expect(markdown).not.toContain('.svg');
    for (const text of diagrams.keys()) expect(markdown).toContain(text);
  }
});

describe('the diagram of the paid months', async () => {
  const diagram = parse(await readFile(`${folder}/paid-months.svg`, 'utf8'));
  const response = description.operations.find(({ id }) => id === 'retrieveCustomer')?.responses;

  test('has the numbers of the example customer', () => {
    const text = JSON.stringify(response);
    const months = diagram.querySelectorAll('.month').length;
    const texts = [...diagram.querySelectorAll('text')].map(({ textContent }) => textContent);
    const find = (name: string) =>
      Number(texts.map((line) => line?.match(`^${name}: (\\d+)$`)?.[1]).find((value) => value !== undefined));
    const mrr = find('current_mrr');
    expect(months * mrr).toBe(find('total_contract_value'));
    expect(texts).toContain(`${months} × $${(mrr / 100).toFixed(2)} = $6,291.00 so far`);
    expect(text).toContain(`"total_contract_value":${months * mrr},"current_mrr":${mrr}`);
  });
});
