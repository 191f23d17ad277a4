import { markup } from '@firstofficer/common/markup';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { breakName, buildMenu } from '../../src/page/menu.ts';
import { renderNotFound } from '../../src/page/not-found.ts';
import { INLINE_SCRIPT, renderPage, type ShellPage } from '../../src/page/shell.ts';
import type { Route } from '../../src/reference/redoc.ts';

const routes = [
  { path: '', title: 'Pets API', kind: 'introduction', key: '', group: '' },
  { path: 'get-started', title: 'Get started', kind: 'guide', key: 'get-started', group: 'Guides' },
  { path: 'pets', title: 'Pets', kind: 'tag', key: 'Pets', group: 'Reference' },
  { path: 'pets/getpet', title: 'Get a pet', kind: 'operation', key: 'get /pets/{id}', group: 'Reference' },
  { path: 'schemas', title: 'Schemas', kind: 'tag', key: 'Schemas', group: 'Reference' },
  { path: 'schemas/pet', title: 'PetWithOwner', kind: 'schema', key: 'PetWithOwner', group: 'Reference' },
].map((route) => ({ ...route, link: `/docs/${route.path}` })) as Route[];
const menu = buildMenu(routes, (path) => `/docs/${path}/`);

const page: ShellPage = {
  title: 'Get started',
  description: 'Call the "API".',
  url: '/docs/get-started/',
  canonical: 'https://docs.example.com/docs/get-started/',
  markdown: '/docs/get-started.md',
  csp: "default-src 'none'",
  content: { main: markup`<h1>Get started</h1>`, layout: 'guide', contents: [] },
  site: {
    title: 'Acme Pets API',
    provider: 'Acme',
    version: '1.2.3',
    base: '/docs/',
    menu,
    assets: { style: '/s.css', script: '/m.js', icon: '/i.svg', records: '/r.json' },
    downloads: [],
    outdated: undefined,
  },
};

function parse(changes: Partial<ShellPage> = {}) {
  return parseHTML(renderPage({ ...page, ...changes })).document;
}

describe('the shell', () => {
  it('has the title of the page, its description and its address in the head', () => {
    const { head } = parse();
    expect(head.querySelector('title')?.textContent).toBe('Get started – Acme Pets API');
    expect(head.querySelector('[name=description]')?.getAttribute('content')).toBe('Call the "API".');
    expect(head.querySelector('[rel=canonical]')?.getAttribute('href')).toBe(page.canonical);
    expect(head.querySelector('[rel=alternate]')?.getAttribute('href')).toBe('/docs/get-started.md');
    expect(head.querySelector('[http-equiv]')?.getAttribute('content')).toBe("default-src 'none'");
  });

  it('has one inline script', () => {
    const inline = [...parse().querySelectorAll('script:not([src])')].map(({ textContent }) => textContent);
    expect(inline).toEqual([INLINE_SCRIPT]);
  });

  it('opens the menu on phones without a script', () => {
    const document = parse();
    expect(document.querySelector('.menu-button')?.getAttribute('popovertarget')).toBe('menu');
    expect(document.getElementById('menu')?.hasAttribute('popover')).toBe(true);
  });

  it('marks the current page, names the method and collapses the schemas', () => {
    const document = parse();
    const current = [...document.querySelectorAll('.menu [aria-current]')].map(({ textContent }) => textContent);
    expect(current).toEqual(['Get started']);
    expect(document.querySelector('.menu .method')?.textContent).toBe('GET');
    const schemas = document.querySelector('.menu details');
    expect(schemas?.hasAttribute('open')).toBe(false);
    expect([...(schemas?.querySelectorAll('a') ?? [])].map((link) => link.textContent)).toEqual([
      'Overview',
      'PetWithOwner',
    ]);
    expect(parse({ url: '/docs/schemas/pet/' }).querySelector('.menu details')?.hasAttribute('open')).toBe(true);
  });

  it('breaks names only before inner capitals', () => {
    expect(breakName('UnknownCustomerResponse').text).toBe('Unknown<wbr>Customer<wbr>Response');
    expect(breakName('API keys').text).toBe('API keys');
  });

  it('shows the provider and the product in the logo, and the title alone for another provider', () => {
    expect(parse().querySelector('.wordmark')?.textContent).toBe('Acme Pets API');
    expect(parse().querySelector('.wordmark small')?.textContent).toBe('Pets API');
    const site = { ...page.site, provider: 'Support' };
    expect(parse({ site }).querySelector('.wordmark')?.innerHTML).toBe('<b>Acme Pets API</b>');
  });

  it('says that a version is outdated', () => {
    const site = { ...page.site, outdated: { version: '1.0.0', current: '/docs/' } };
    expect(parse({ site }).querySelector('.outdated')?.textContent).toContain('version 1.0.0');
    expect(parse().querySelector('.outdated')).toBeNull();
  });
});

describe('the 404 page', () => {
  it('lists guides and operations, but not the schemas', () => {
    const { text } = renderNotFound(menu).main;
    expect(text).toContain('href="/docs/get-started/"');
    expect(text).toContain('href="/docs/pets/getpet/"');
    expect(text).not.toContain('schemas/pet');
  });
});
