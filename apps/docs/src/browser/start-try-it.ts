import { loadPart } from './load-part.ts';

/**
 * Opens Try it when the reader presses the button of an operation (`data-try-it`) or of an example (`.try-example`). Its
 * code is loaded on first use.
 *
 * @example
 * startTryIt();
 */
export function startTryIt(): void {
  document.addEventListener('click', async ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-try-it], .try-example') : null;
    if (!button) return;
    const panel = await loadPart(() => import('./try-it/panel.ts'));
    panel?.openTryIt(button);
  });
}
