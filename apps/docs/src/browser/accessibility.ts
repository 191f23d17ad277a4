// What Redoc leaves to be said to a screen reader or a keyboard. The build applies it to the prerendered page, the
// browser to whatever Redoc renders later: attributes alone, which hydration leaves as they are.

/**
 * Names landmarks, levels headings, and lets the keyboard reach what scrolls or only listens to the mouse.
 *
 * @example
 * improveAccessibility(document);
 */
export function improveAccessibility(root: ParentNode): void {
  landmarks(root);
  headings(root);
  searchTrigger(root);
  searchInput(root);
  scrollingCode(root);
  buttonNames(root);
}

/**
 * Improves the page now and whenever Redoc changes it.
 *
 * @example
 * keepAccessible(document.querySelector('#redoc'));
 */
export function keepAccessible(root: Element): void {
  const page = root.ownerDocument;
  improveAccessibility(page);
  // The search is no part of the root.
  new MutationObserver(() => improveAccessibility(page)).observe(page.body, {
    childList: true,
    subtree: true,
  });
  page.addEventListener('keydown', pressByKey);
}

/** What listens to clicks alone is pressed by the keys that press a button. */
function pressByKey(event: KeyboardEvent): void {
  const { target, key } = event;
  if ((key !== 'Enter' && key !== ' ') || !(target instanceof HTMLElement)) return;
  if (!target.matches('[role="button"]:not(button)')) return;
  event.preventDefault();
  target.click();
}

function set(element: Element, name: string, value: string): void {
  // Only a change is a mutation, which would call for the next round.
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function landmarks(root: ParentNode): void {
  for (const menu of root.querySelectorAll('.menu-content')) {
    set(menu, 'role', 'navigation');
    set(menu, 'aria-label', 'Documentation');
  }
  for (const main of root.querySelectorAll('main')) {
    set(main, 'tabindex', '-1');
    // Where the link before everything else leads.
    if (!main.id) set(main, 'id', 'content');
  }
  for (const list of root.querySelectorAll('[data-component-name="Menu/Menu"]')) set(list, 'role', 'list');
  for (const label of root.querySelectorAll('[data-testid="menu-item-label"]')) {
    const link = label.closest('a');
    if (!link) continue;
    if (label.getAttribute('data-active') === 'true') set(link, 'aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** The page's title is its first heading; none is more than one level below the heading before it. */
function headings(root: ParentNode): void {
  let level = 0;
  for (const heading of root.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')) {
    const own = Number(heading.localName.slice(1));
    level = level === 0 ? 1 : Math.max(2, Math.min(own, level + 1));
    if (own === level) heading.removeAttribute('aria-level');
    else {
      set(heading, 'role', 'heading');
      set(heading, 'aria-level', String(level));
    }
  }
}

function searchTrigger(root: ParentNode): void {
  for (const trigger of root.querySelectorAll('[data-testid="search-trigger"]')) {
    set(trigger, 'role', 'button');
    set(trigger, 'tabindex', '0');
    set(trigger, 'aria-keyshortcuts', 'Control+K Meta+K');
    // Before Redoc is there it only says "Loading...", which its name must contain.
    const text = trigger.textContent?.trim() ?? '';
    if (text.startsWith('Search')) trigger.removeAttribute('aria-label');
    else set(trigger, 'aria-label', `Search ${text}`);
  }
}

/** A placeholder goes with the first letter. */
function searchInput(root: ParentNode): void {
  for (const input of root.querySelectorAll('[data-component-name="Search/SearchInput"] input')) {
    set(input, 'aria-label', 'Search');
  }
}

function scrollingCode(root: ParentNode): void {
  for (const code of root.querySelectorAll('main pre')) set(code, 'tabindex', '0');
}

/** A button that says "Example" but shows which one needs both in its name. */
function buttonNames(root: ParentNode): void {
  for (const button of root.querySelectorAll('main button[aria-label]')) {
    const shown = button.textContent?.trim() ?? '';
    const name = button.getAttribute('aria-label') ?? '';
    if (shown !== '' && !name.includes(shown)) set(button, 'aria-label', `${name}: ${shown}`);
  }
}
