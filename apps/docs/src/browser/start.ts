import { improveAccessibility, keepAccessible } from './accessibility.ts';

// The page is complete without scripts, so Redoc's half megabyte is fetched when a reader first touches the page. What
// they did is held back meanwhile and done once Redoc is there.

interface Redoc {
  hydrate(definition: unknown, options: unknown, element: Element): Promise<void>;
}

const self = document.querySelector<HTMLScriptElement>('script[data-redoc]');
const root = document.querySelector('#redoc');
const held: (() => void)[] = [];
let state: 'waiting' | 'loading' | 'ready' = 'waiting';

for (const type of ['touchstart', 'keydown', 'pointerdown'] as const) {
  addEventListener(type, start, { once: true, passive: true, capture: true });
}
addEventListener('pointermove', startIfMoved, { passive: true, capture: true });
addEventListener('click', holdClick, { capture: true });
addEventListener('keydown', holdKey, { capture: true });
improveAccessibility(document);

/** A browser also tells where the pointer rests when the page comes up below it: that is nobody's touch. */
function startIfMoved({ movementX, movementY }: PointerEvent): void {
  if (movementX !== 0 || movementY !== 0) void start();
}

async function start(): Promise<void> {
  if (state !== 'waiting' || !self || !root) return;
  state = 'loading';
  try {
    const { redoc = '', reference = '' } = self.dataset;
    const [{ hydrate }, { definition, options }] = await Promise.all([
      import(redoc) as Promise<Redoc>,
      fetch(reference).then((response) => response.json()),
    ]);
    await hydrate(definition, options, root);
    await settled(root);
    keepAccessible(root);
    document.documentElement.classList.add('hydrated');
  } finally {
    // Without Redoc links still work, and nothing is held back any more.
    removeEventListener('pointermove', startIfMoved, { capture: true });
    state = 'ready';
    for (const repeat of held.splice(0)) repeat();
  }
}

/** React attaches to the page in a task of its own: it marks the elements that it has taken over. */
function settled(element: Element): Promise<void> {
  const isTaken = () => Object.keys(element.firstElementChild ?? {}).some((key) => key.startsWith('__react'));
  return new Promise((resolve) => {
    const look = () => (isTaken() ? requestAnimationFrame(() => resolve()) : setTimeout(look, 10));
    look();
  });
}

/** Links lead on without Redoc; buttons, tabs and the search wait for it. */
function holdClick(event: MouseEvent): void {
  const target = event.target;
  if (state === 'ready' || !(target instanceof Element) || !root?.contains(target) || target.closest('a[href]')) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  hold(target);
}

/**
 * Redoc rearranges the page when it comes, so an element is found again as the same one among those alike: with its
 * text, or without it where that has changed.
 */
function finder(element: Element): () => Element | undefined {
  const text = element.textContent;
  const part = partOf(element);
  const alike = () => [...(root?.querySelectorAll(element.localName) ?? [])].filter((other) => partOf(other) === part);
  const alikeWithText = () => alike().filter((other) => other.textContent === text);
  const place = alike().indexOf(element);
  const placeWithText = alikeWithText().indexOf(element);
  return () => alikeWithText()[placeWithText] ?? alike()[place];
}

/** The part of the page that an element is in, by Redoc's own name for it. */
function partOf(element: Element): string | null | undefined {
  return element.closest('[data-testid]')?.getAttribute('data-testid');
}

/** The search's shortcut, and the keys that press a button. All others are the browser's. */
function holdKey(event: KeyboardEvent): void {
  const { target, key, ctrlKey, metaKey } = event;
  if (state === 'ready' || !event.isTrusted || !(target instanceof Element)) return;
  const isSearch = (ctrlKey || metaKey) && key.toLowerCase() === 'k';
  const isPress = (key === 'Enter' || key === ' ') && target.matches('button, [role="button"]');
  if (!isSearch && !isPress) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  hold(isSearch ? document.querySelector('[data-testid="search-trigger"]') : target);
}

function hold(target: Element | null): void {
  if (!target) return;
  // An icon may be another one by then.
  const find = finder(target.closest('svg')?.parentElement ?? target);
  held.push(() => find()?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window })));
  void start();
}
