import { parseHTML } from 'linkedom';
import type { Download } from '../publish/downloads.ts';

/** A place of the site that the search can find. */
export interface SearchRecord {
  readonly kind: 'page' | 'schema' | 'section' | 'member' | 'status' | 'download';
  /** The title of the page. The search groups results by it. */
  readonly page: string;
  readonly title: string;
  /** The URL of the page, with the fragment of the place. */
  readonly url: string;
  /** The prose of the place. */
  readonly text: string;
  /** The code of the place. */
  readonly code: string;
  /** Only if it is deprecated: the whole page, or this place. */
  readonly deprecated?: 'page' | 'place';
}

/** A page of the site, as {@link listRecords} reads it. */
export interface SearchPage {
  readonly title: string;
  /** The URL of the page, without a fragment. */
  readonly url: string;
  /** Whether the page describes a schema. Members of operations rank before members of schemas. */
  readonly kind: 'page' | 'schema';
  readonly isDeprecated?: boolean;
  /** The HTML inside the page's `main` element. */
  readonly main: string;
}

/** A record whose content is not complete yet. */
interface Place extends Pick<SearchRecord, 'kind' | 'title' | 'url' | 'deprecated'> {
  text: string;
  code: string;
}

/** Elements that are not content of the page. A summary is a control, and that of a response is its title. */
const SKIPPED =
  'nav,form,fieldset,button,input,select,textarea,svg,script,style,template,dialog,figcaption,wbr,.anchor,.deprecated,.actions,.contents-menu,summary,[aria-hidden="true"]';
const INLINE = 'a,abbr,b,bdi,cite,code,del,em,i,ins,kbd,mark,q,s,small,span,strong,sub,sup,u,var';
const ITEM = 'td,th,li,dt,dd';

/**
 * Lists the records of pages: the pages themselves, their sections, members and responses.
 *
 * @example
 * const main = '<h1>Refunds</h1><p>Money back.</p><h2 id="fees">Fees</h2><p>Stripe keeps them.</p>';
 * listRecords([{ title: 'Refunds', url: '/refunds/', kind: 'page', main }]).map(({ url }) => url); // ['/refunds/', '/refunds/#fees']
 */
export function listRecords(pages: readonly SearchPage[]): SearchRecord[] {
  const known = new Set<string>();
  return pages.flatMap(readPage).filter(({ kind, title, text }) => {
    if (kind !== 'member') return true;
    // Many responses have the same headers and the same error. The first place is enough.
    const content = `${title} ${text}`;
    if (known.has(content)) return false;
    return known.add(content);
  });
}

/**
 * Lists the records of the files that readers can download.
 *
 * @example
 * listDownloadRecords(listDownloads('/docs/'))[0]?.kind; // 'download'
 */
export function listDownloadRecords(downloads: readonly Download[]): SearchRecord[] {
  return downloads.map(({ title, url, description }) => ({
    kind: 'download',
    page: 'Downloads',
    title,
    url,
    text: description,
    code: '',
  }));
}

function readPage({ title, url, kind, isDeprecated = false, main }: SearchPage): SearchRecord[] {
  const { document } = parseHTML(`<!doctype html><html><body>${main}</body></html>`);
  const inherited = isDeprecated ? { deprecated: 'page' as const } : {};
  const page: Place = { kind, title, url, text: '', code: '', ...inherited };
  const places = [page];
  let section = page;

  const open = (place: Pick<Place, 'kind' | 'title' | 'deprecated'>, id: string): Place => {
    const opened = { ...place, ...inherited, url: `${url}#${id}`, text: '', code: '' };
    places.push(opened);
    return opened;
  };

  /** Adds the content of an element to a place, and opens further places for its sections, members and responses. */
  const read = (element: Element, place: Place): void => {
    let current = place;
    let isAfterElement = false;
    for (const node of element.childNodes) {
      if (node.nodeType === node.TEXT_NODE) {
        current.text += node.textContent ?? '';
        isAfterElement = false;
      }
      if (!isElement(node) || node.matches(SKIPPED)) continue;
      if (node.matches('h1')) continue;
      if (node.matches('h2[id],h3[id]') && !node.closest('.member,.response')) {
        current = section = open({ kind: 'section', title: readTitle(node) }, node.id);
      } else if (node.matches('.member[id]')) {
        const isMarked = node.querySelector('.member-row')?.querySelector('.deprecated') != null;
        const member = { kind: 'member', title: readTitle(node.querySelector('.member-name') ?? node) } as const;
        read(node, open(isMarked ? { ...member, deprecated: 'place' } : member, node.id));
      } else if (node.matches('.response')) {
        const id = node.querySelector('.row')?.id ?? '';
        read(node, open({ kind: 'status', title: readTitle(node.querySelector('summary') ?? node) }, id));
      } else if (node.matches('.samples')) {
        // They stand beside the whole page, not in the section before them.
        read(node, page);
      } else if (node.matches('pre')) {
        current.code += `${node.textContent ?? ''}\n`;
      } else if (!node.matches('.member > .member-row > .member-name')) {
        const before = section;
        // Words of two elements are two words, unless both are part of a text.
        const separator = node.matches(ITEM) ? ' · ' : isAfterElement || !node.matches(INLINE) ? ' ' : '';
        current.text += separator;
        read(node, current);
        current = section === before ? current : section;
        current.text += node.matches(INLINE) ? '' : ' ';
        isAfterElement = true;
      }
    }
  };
  read(document.body, page);
  return places.map((place) => ({ ...place, page: title, text: tidy(place.text), code: place.code.trim() }));
}

function isElement(node: ChildNode): node is Element & ChildNode {
  return node.nodeType === node.ELEMENT_NODE;
}

/** Returns the text of a heading without its link. */
function readTitle(element: Element): string {
  const copy = element.cloneNode(true);
  if (!isElement(copy as ChildNode)) return '';
  for (const part of (copy as Element).querySelectorAll(SKIPPED)) part.remove();
  return tidy(copy.textContent ?? '');
}

/** Collapses spaces, and removes separators that separate nothing. */
function tidy(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/(?: ·)+(?= ·|$)/g, '')
    .replace(/^[ ·]+| $/g, '')
    .replace(/ (?=[.,;:!?](?: |$))/g, '');
}
