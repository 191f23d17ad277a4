// Adds accessibility attributes that Redoc's markup lacks. The build applies them to the prerendered page, and the
// browser to everything that Redoc renders later. Only attributes change, because hydration does not reset attributes.

/** Names landmarks, corrects heading levels, and makes scrollable and clickable elements reachable by keyboard. */
export function improveAccessibility(root: ParentNode): void {
  nameLandmarks(root);
  correctHeadings(root);
  labelSearchTrigger(root);
  labelSearchInput(root);
  makeScrollableFocusable(root);
  labelButtons(root);
}

/** Applies `improveAccessibility` now and after each change of the page. */
export function keepAccessible(root: Element): void {
  const page = root.ownerDocument;
  improveAccessibility(page);
  // Observe the body: the search dialog is outside of the root.
  new MutationObserver(() => improveAccessibility(page)).observe(page.body, {
    childList: true,
    subtree: true,
  });
  page.addEventListener('keydown', clickOnKey);
}

/** Clicks an element with the role `button` when the user presses Enter or Space. */
function clickOnKey(event: KeyboardEvent): void {
  const { target, key } = event;
  if ((key !== 'Enter' && key !== ' ') || !(target instanceof HTMLElement)) return;
  if (!target.matches('[role="button"]:not(button)')) return;
  event.preventDefault();
  target.click();
}

function setAttribute(element: Element, name: string, value: string): void {
  // Setting the same value would also be a mutation, and the observer would run forever.
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function nameLandmarks(root: ParentNode): void {
  for (const menu of root.querySelectorAll('.menu-content')) {
    setAttribute(menu, 'role', 'navigation');
    setAttribute(menu, 'aria-label', 'Documentation');
  }
  for (const main of root.querySelectorAll('main')) {
    setAttribute(main, 'tabindex', '-1');
    // The target of the skip link.
    if (!main.id) setAttribute(main, 'id', 'content');
  }
  for (const list of root.querySelectorAll('[data-component-name="Menu/Menu"]')) setAttribute(list, 'role', 'list');
  for (const label of root.querySelectorAll('[data-testid="menu-item-label"]')) {
    const link = label.closest('a');
    if (!link) continue;
    if (label.getAttribute('data-active') === 'true') setAttribute(link, 'aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** Corrects the heading levels: the first heading gets level 1, and no heading skips a level. */
function correctHeadings(root: ParentNode): void {
  let level = 0;
  for (const heading of root.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')) {
    const own = Number(heading.localName.slice(1));
    level = level === 0 ? 1 : Math.max(2, Math.min(own, level + 1));
    if (own === level) heading.removeAttribute('aria-level');
    else {
      setAttribute(heading, 'role', 'heading');
      setAttribute(heading, 'aria-level', String(level));
    }
  }
}

function labelSearchTrigger(root: ParentNode): void {
  for (const trigger of root.querySelectorAll('[data-testid="search-trigger"]')) {
    setAttribute(trigger, 'role', 'button');
    setAttribute(trigger, 'tabindex', '0');
    setAttribute(trigger, 'aria-keyshortcuts', 'Control+K Meta+K');
    // Before hydration its text is only "Loading...". The accessible name must contain the visible text.
    const text = trigger.textContent?.trim() ?? '';
    if (text.startsWith('Search')) trigger.removeAttribute('aria-label');
    else setAttribute(trigger, 'aria-label', `Search ${text}`);
  }
}

/** Labels the search field, because its placeholder disappears with the first letter. */
function labelSearchInput(root: ParentNode): void {
  for (const input of root.querySelectorAll('[data-component-name="Search/SearchInput"] input')) {
    setAttribute(input, 'aria-label', 'Search');
  }
}

/** Makes code and tables focusable, so that the keyboard can scroll those that are wider than the screen. */
function makeScrollableFocusable(root: ParentNode): void {
  for (const box of root.querySelectorAll('main :is(pre, .md-table-wrapper)')) setAttribute(box, 'tabindex', '0');
}

/** Adds the visible text of a button to its label, such as the selected example to "Example". */
function labelButtons(root: ParentNode): void {
  for (const button of root.querySelectorAll('main button[aria-label]')) {
    const visible = button.textContent?.trim() ?? '';
    const name = button.getAttribute('aria-label') ?? '';
    if (visible !== '' && !name.includes(visible)) setAttribute(button, 'aria-label', `${name}: ${visible}`);
  }
}
