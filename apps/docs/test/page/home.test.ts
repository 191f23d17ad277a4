import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readContent, SOURCES } from '../../src/content/read-content.ts';
import { renderHome } from '../../src/page/home.ts';
import type { Document } from '../../src/reference/description.ts';

const content = await readContent(SOURCES);
const document: Document = parse(content.spec);
const operation = { title: 'Retrieve a customer', url: '/customers/retrievecustomer/', method: 'GET' };
const menu = [{ title: 'Reference', pages: [operation], isCollapsed: false }];
const resolve = (target: string) => `/${target}`;

function render(changes: object = {}) {
  const { main } = renderHome({
    document,
    guides: content.guides,
    samples: content.samples,
    menu,
    resolve,
    ...changes,
  });
  return parseHTML(`<html><body>${main.text}</body></html>`).document;
}

describe('the front page', () => {
  it('says what the API is, and shows the first call beside its answer', () => {
    const home = render();
    expect(`${home.querySelector('h1')?.textContent}.`).toBe(document.info.summary);
    const [call, answer] = [...home.querySelectorAll('.call figure code')].map(({ textContent }) => textContent ?? '');
    expect(call).toContain('curl');
    expect(call).not.toContain('=>');
    expect(JSON.parse(answer ?? '')).toMatchObject({ object: 'customer', current_mrr: 69900 });
  });

  it('links to four pages to start from', () => {
    const links = [...render().querySelectorAll('.doors a')].map((link) => link.getAttribute('href'));
    expect(links).toHaveLength(4);
    expect(links).toContain('/customers/retrievecustomer/');
  });

  it('shows the amounts of the example in its currency', () => {
    const figures = [...render().querySelectorAll('.object dt')].map(({ textContent }) => textContent);
    expect(figures).toEqual(['$6,291.00', '$699.00', '1']);
    expect(render().querySelector('.object-name')?.textContent).toBe('Customer cus_1234ABCD');
  });

  it('shows each bold paragraph of the description as a card', () => {
    const titles = [...render().querySelectorAll('.topic h3')].map(({ textContent }) => textContent);
    expect(titles).toEqual(['Authentication', 'Errors', 'Money', 'Freshness', 'Bodies', 'Compatibility']);
    expect(render().querySelector('.topic a')?.getAttribute('href')).toBe('/2-authentication.md');
  });

  it('has only a title and the operations if the description has no more', () => {
    const home = render({ document: { info: { title: 'Notes', version: '1' } }, guides: [], samples: [] });
    expect(home.querySelector('h1')?.textContent).toBe('Notes');
    expect(home.querySelectorAll('.call, .object, .topics, .lead')).toHaveLength(0);
    expect(home.querySelectorAll('.doors a')).toHaveLength(1);
  });
});
