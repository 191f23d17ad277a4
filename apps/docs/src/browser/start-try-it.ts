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
    const { openTryIt } = await import('./try-it/panel.ts');
    openTryIt(button);
  });
}
