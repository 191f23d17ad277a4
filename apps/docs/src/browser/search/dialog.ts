import type { SearchRecord } from '../../search/records.ts';
import { createEngine, type SearchEngine, type SearchHit } from './engine.ts';
import type { TextPart } from './words.ts';

/** The number of pages that the dialog offers before the reader types. */
const DOORS = 4;

const DIALOG = `
<div class="search-bar" role="search">
  <input class="search-field" type="search" role="combobox" aria-label="Search the documentation" aria-autocomplete="list"
    aria-controls="search-results" aria-expanded="false" autocomplete="off" autocapitalize="off" spellcheck="false"
    enterkeyhint="go" placeholder="Search the documentation" />
  <button type="button" class="search-close">Close</button>
</div>
<p class="search-status" role="status"></p>
<div class="search-results" id="search-results" role="listbox" aria-label="Results" tabindex="-1"></div>`;

let opened: HTMLDialogElement | undefined;
let loading: Promise<SearchRecord[]> | undefined;

/**
 * Opens the search. The first call creates the dialog and loads the records.
 *
 * @example
 * document.querySelector('.search-button')?.addEventListener('click', openSearch);
 */
export function openSearch(): void {
  opened ??= createDialog();
  if (!opened.open) opened.showModal();
  opened.querySelector('input')?.select();
}

/** Reads the records from the page if it contains them, as the file for offline use does. Otherwise loads them. */
export function loadRecords(): Promise<SearchRecord[]> {
  loading ??= fetchRecords().catch((error: unknown) => {
    // The next input tries again.
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchRecords(): Promise<SearchRecord[]> {
  const inline = document.getElementById('search-records');
  if (inline) return JSON.parse(inline.textContent) as SearchRecord[];
  const url = document.querySelector<HTMLElement>('[data-records]')?.dataset.records;
  if (url === undefined) throw new Error('No element of the page has the attribute data-records.');
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The server answered ${response.status} for ${url}.`);
  return (await response.json()) as SearchRecord[];
}

function createDialog(): HTMLDialogElement {
  const dialog = document.createElement('dialog');
  dialog.className = 'search';
  dialog.setAttribute('aria-label', 'Search');
  dialog.innerHTML = DIALOG;
  document.body.append(dialog);
  const input = find(dialog, 'input', HTMLInputElement);
  const status = find(dialog, '.search-status', HTMLElement);
  const results = find(dialog, '.search-results', HTMLElement);
  let records: SearchRecord[] = [];
  let engine: SearchEngine | undefined;
  let options: HTMLAnchorElement[] = [];
  let active = 0;

  const activate = (index: number): void => {
    active = (index + options.length) % options.length;
    for (const [position, option] of options.entries())
      option.setAttribute('aria-selected', String(position === active));
    const option = options[active];
    if (!option) return;
    input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  };

  const show = (message: string, groups: Map<string, SearchHit[]>): void => {
    status.textContent = message;
    results.replaceChildren(...[...groups].map(([page, hits], index) => createGroup(page, hits, index)));
    options = [...results.querySelectorAll('a')];
    for (const [index, option] of options.entries()) {
      option.id = `search-result-${index}`;
      option.addEventListener('mousemove', () => {
        if (active !== index) activate(index);
      });
      // A link to the current page loads no page, so the dialog would stay.
      option.addEventListener('click', ({ ctrlKey, metaKey, shiftKey }) => {
        if (!ctrlKey && !metaKey && !shiftKey) dialog.close();
      });
    }
    results.hidden = options.length === 0;
    results.scrollTop = 0;
    input.setAttribute('aria-expanded', String(options.length > 0));
    input.removeAttribute('aria-activedescendant');
    if (options.length > 0) activate(0);
  };

  const update = async (): Promise<void> => {
    if (!engine) {
      if (results.childElementCount === 0) show('Loading…', new Map());
      try {
        records = await loadRecords();
        engine ??= createEngine(records);
      } catch {
        show('The search could not be loaded. Check your connection and type again, or use the menu.', new Map());
        return;
      }
    }
    const query = input.value.trim();
    if (query === '') {
      show('Start here, or type to search.', new Map([['Pages', listDoors(records)]]));
      return;
    }
    const hits = engine.search(query);
    const count = hits.length === 1 ? '1 result' : `${hits.length} results`;
    const none = `Nothing found for “${query}”. Try fewer or other words, a member such as “id”, or a status such as “404”.`;
    show(
      hits.length > 0 ? count : none,
      Map.groupBy(hits, ({ record }) => record.page),
    );
  };

  input.addEventListener('input', () => void update());
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      const { ctrlKey, metaKey, shiftKey } = event;
      options[active]?.dispatchEvent(
        new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }),
      );
    }
    const target = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: options.length - 1 }[event.key];
    if (target === undefined || options.length === 0 || event.shiftKey) return;
    event.preventDefault();
    activate(target);
  });
  // The first Escape closes the dialog. A search field would only clear its text.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  find(dialog, '.search-close', HTMLElement).addEventListener('click', () => dialog.close());
  void update();
  return dialog;
}

function find<T extends Element>(root: Element, selector: string, type: new () => T): T {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The search dialog has no ${selector}.`);
  return element;
}

/** Returns the first pages after the front page. */
function listDoors(records: readonly SearchRecord[]): SearchHit[] {
  const pages = records.filter(({ kind, text }) => kind === 'page' && text !== '').slice(1);
  return pages
    .slice(0, DOORS)
    .map((record) => ({ record, title: [{ text: record.title, isMatch: false }], excerpt: [] }));
}

function createGroup(page: string, hits: readonly SearchHit[], index: number): HTMLElement {
  const group = document.createElement('div');
  group.setAttribute('role', 'group');
  const heading = document.createElement('div');
  heading.className = 'search-page';
  heading.id = `search-page-${index}`;
  heading.textContent = page;
  if (hits.some(({ record }) => record.deprecated === 'page')) heading.append(' ', createMark());
  group.setAttribute('aria-labelledby', heading.id);
  group.append(heading, ...hits.map(createOption));
  return group;
}

function createOption({ record, title, excerpt }: SearchHit): HTMLAnchorElement {
  const link = document.createElement('a');
  link.className = 'search-hit';
  link.href = record.url;
  link.tabIndex = -1;
  link.setAttribute('role', 'option');
  if (record.kind === 'download') link.download = '';
  const name = document.createElement(record.kind === 'member' ? 'code' : 'span');
  name.className = 'search-title';
  name.append(...title.map(createPart));
  if (record.deprecated === 'place') name.append(' ', createMark());
  const text = document.createElement('span');
  text.className = 'search-excerpt';
  text.append(...excerpt.map(createPart));
  link.append(name, ' ', text);
  return link;
}

/** Creates the mark of something that is deprecated. */
function createMark(): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'deprecated';
  mark.textContent = 'deprecated';
  return mark;
}

function createPart({ text, isMatch }: TextPart): Node {
  if (!isMatch) return document.createTextNode(text);
  const mark = document.createElement('mark');
  mark.textContent = text;
  return mark;
}
