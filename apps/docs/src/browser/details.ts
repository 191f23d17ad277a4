/**
 * Shows the closed parts of a page where the reader needs them: the one that a link leads to, which not every browser
 * opens, and all of them in print.
 */
export function startDetails(): void {
  showTarget();
  addEventListener('hashchange', showTarget);
  let closed: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
    for (const details of closed) {
      // Only one part with a name can be open. Keep the name to restore it.
      details.dataset.name = details.name;
      details.name = '';
      details.open = true;
    }
  });
  addEventListener('afterprint', () => {
    for (const details of closed) {
      details.open = false;
      details.name = details.dataset.name ?? '';
    }
  });
}

function showTarget(): void {
  const target = findTarget(decode(location.hash.slice(1)));
  if (!target) return;
  let isHidden = target.id !== decode(location.hash.slice(1));
  for (let part = target.closest('details'); part; part = part.parentElement?.closest('details') ?? null) {
    isHidden ||= !part.open;
    part.open = true;
  }
  // After "Back", the browser restores the position itself.
  const [visit] = performance.getEntriesByType('navigation');
  const isBack = visit instanceof PerformanceNavigationTiming && visit.type === 'back_forward';
  if (isHidden && !(isBack && document.readyState !== 'complete')) target.scrollIntoView();
}

/** Older links leave out the part of the ID that names the page. */
function findTarget(id: string): Element | null {
  if (!id) return null;
  return document.getElementById(id) ?? document.querySelector(`main [id$="${CSS.escape(`/${id}`)}"]`);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
