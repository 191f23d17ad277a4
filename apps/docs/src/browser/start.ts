import { improveAccessibility, keepAccessible } from './accessibility.ts';

// The page is complete without scripts, so Redoc's bundle (half a megabyte) is loaded at the first interaction. Clicks
// and keys are queued until Redoc is ready, and then repeated.

interface Redoc {
  hydrate(definition: unknown, options: unknown, element: Element): Promise<void>;
}

// The state of this module is that of the page: the script runs once per page.
const startScript = document.querySelector<HTMLScriptElement>('script[data-redoc]');
const root = document.querySelector('#redoc');
const queuedClicks: (() => void)[] = [];
let state: 'waiting' | 'loading' | 'ready' = 'waiting';

for (const type of ['touchstart', 'keydown', 'pointerdown'] as const) {
  addEventListener(type, start, { once: true, passive: true, capture: true });
}
addEventListener('pointermove', startIfMoved, { passive: true, capture: true });
addEventListener('click', queueClick, { capture: true });
addEventListener('keydown', queueKey, { capture: true });
improveAccessibility(document);

/** Starts if the pointer moved. Browsers also send pointermove when a page loads under a pointer that does not move. */
function startIfMoved({ movementX, movementY }: PointerEvent): void {
  if (movementX !== 0 || movementY !== 0) void start();
}

async function start(): Promise<void> {
  if (state !== 'waiting' || !startScript || !root) return;
  state = 'loading';
  try {
    const { redoc = '', reference = '' } = startScript.dataset;
    const [{ hydrate }, { definition, options }] = await Promise.all([
      import(redoc) as Promise<Redoc>,
      fetch(reference).then((response) => response.json()),
    ]);
    await hydrate(definition, options, root);
    await waitForHydration(root);
    keepAccessible(root);
    document.documentElement.classList.add('hydrated');
  } finally {
    // If loading failed, links still work, and clicks and keys are no longer queued.
    removeEventListener('pointermove', startIfMoved, { capture: true });
    state = 'ready';
    for (const click of queuedClicks.splice(0)) click();
  }
}

/** Waits until React has hydrated the element. React does so in a separate task, and marks the elements. */
function waitForHydration(element: Element): Promise<void> {
  const isHydrated = () => Object.keys(element.firstElementChild ?? {}).some((key) => key.startsWith('__react'));
  return new Promise((resolve) => {
    const check = () => (isHydrated() ? requestAnimationFrame(() => resolve()) : setTimeout(check, 10));
    check();
  });
}

/** Queues clicks on buttons, tabs and the search. Links work without Redoc. */
function queueClick(event: MouseEvent): void {
  const target = event.target;
  if (state === 'ready' || !(target instanceof Element) || !root?.contains(target) || target.closest('a[href]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  queueTarget(target);
}

/**
 * Returns a function that finds an element again after hydration, when Redoc has replaced elements. It finds the
 * element by its index among similar elements with the same text, or among all similar elements if the text has
 * changed.
 */
function createFinder(element: Element): () => Element | undefined {
  const text = element.textContent;
  const part = findPart(element);
  const findAlike = () =>
    [...(root?.querySelectorAll(element.localName) ?? [])].filter((other) => findPart(other) === part);
  const findAlikeWithText = () => findAlike().filter((other) => other.textContent === text);
  const index = findAlike().indexOf(element);
  const indexWithText = findAlikeWithText().indexOf(element);
  return () => findAlikeWithText()[indexWithText] ?? findAlike()[index];
}

/** Returns the test ID of the part of the page that contains an element. */
function findPart(element: Element): string | null | undefined {
  return element.closest('[data-testid]')?.getAttribute('data-testid');
}

/** Queues the shortcut of the search and the keys that press a button. */
function queueKey(event: KeyboardEvent): void {
  const { target, key, ctrlKey, metaKey } = event;
  if (state === 'ready' || !event.isTrusted || !(target instanceof Element)) return;
  const isSearch = (ctrlKey || metaKey) && key.toLowerCase() === 'k';
  const isPress = (key === 'Enter' || key === ' ') && target.matches('button, [role="button"]');
  if (!isSearch && !isPress) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  queueTarget(isSearch ? document.querySelector('[data-testid="search-trigger"]') : target);
}

function queueTarget(target: Element | null): void {
  if (!target) return;
  // Redoc may replace an icon, so use its parent.
  const find = createFinder(target.closest('svg')?.parentElement ?? target);
  queuedClicks.push(() =>
    find()?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window })),
  );
  void start();
}
