import { Markup } from '@firstofficer/common/markup';
import { parseHTML } from 'linkedom';

// Reads what Redoc rendered: its sections, its descriptions, and the members in their order with their published IDs.
// The classes, the styles and the controls of Redoc are left out.

/** A member as Redoc lists it. */
export interface ListedMember {
  /** The published ID, such as `customers/retrievecustomer/t=response&c=404&path=error/param`. */
  readonly id: string;
  readonly name: string;
  readonly description: Markup;
  readonly members: readonly ListedMember[];
}

/** A part of a page between two of Redoc's headings. */
export interface Section {
  /** The published ID of the heading. It is empty before the first heading. */
  readonly id: string;
  readonly description: Markup;
  readonly members: readonly ListedMember[];
}

const PANEL = 'main [data-testid="middle-panel"]';
const TEXT = '[data-component-name="Markdown/Markdown"]';
const MEMBER = '.schema-property-item';
const CONTROLS = 'svg, button, style, script, [data-deep-link-anchor], [data-testid="page-actions"]';

/**
 * Returns the sections of a page that Redoc rendered.
 *
 * @throws Error if the page has no content that this function knows, because Redoc has changed.
 */
export function readSections(html: string): Section[] {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const panels = [...document.querySelectorAll(PANEL)];
  if (panels.length === 0) throw new Error(`Redoc has changed: a page has no ${PANEL}. Adapt clean.ts.`);
  const sections = [{ id: '', description: '', members: [] as ListedMember[] }];
  for (const panel of panels) {
    for (const element of panel.querySelectorAll(CONTROLS)) element.remove();
    for (const element of panel.querySelectorAll(`[id], ${TEXT}`)) {
      if (findOwner(element)) continue;
      const last = sections.at(-1);
      if (element.matches(MEMBER)) last?.members.push(readMember(element));
      else if (!element.matches(TEXT)) {
        if (!element.parentElement?.closest(TEXT)) sections.push({ id: element.id, description: '', members: [] });
      } else if (last) last.description += readText(element);
    }
  }
  return sections.map((section) => ({ ...section, description: new Markup(section.description) }));
}

function readMember(item: Element): ListedMember {
  const name = item.querySelector('.schema-name')?.textContent;
  if (!name) throw new Error(`Redoc has changed: the member ${item.id} has no .schema-name. Adapt clean.ts.`);
  const isOwn = (element: Element) => findOwner(element) === item;
  return {
    id: item.id,
    name,
    description: new Markup([...item.querySelectorAll(TEXT)].filter(isOwn).map(readText).join('')),
    members: [...item.querySelectorAll(MEMBER)].filter(isOwn).map(readMember),
  };
}

/** Returns the member that contains an element. */
function findOwner(element: Element): Element | null {
  return element.parentElement?.closest(MEMBER) ?? null;
}

/** Returns the HTML of a description without attributes that only Redoc's own styles and scripts need. */
function readText(element: Element): string {
  for (const child of element.querySelectorAll('*')) {
    for (const { name } of [...child.attributes]) {
      if (name === 'class' || name === 'style' || name === 'title' || name.startsWith('data-'))
        child.removeAttribute(name);
    }
  }
  return element.innerHTML;
}

/** Returns the names of members, including nested ones. */
export function listNames(members: readonly ListedMember[]): Set<string> {
  return new Set(members.flatMap(({ name, members: nested }) => [name, ...listNames(nested)]));
}
