import { announce } from './announce.ts';

/** Copies the code of a figure, or the page as Markdown, when the reader presses the button. */
export function startCopying(): void {
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const code = target.closest('.copy')?.closest('figure')?.querySelector('code');
    const url = target.closest<HTMLElement>('[data-copy-page]')?.dataset.copyPage;
    if (code) void report(navigator.clipboard?.writeText(code.textContent));
    if (url) void report(copyFile(url));
  });
}

/** Browsers allow copying only directly after a click, so the text is given as a promise. */
function copyFile(url: string): Promise<void> {
  const text = fetch(url).then(async (response) => {
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    return new Blob([await response.text()], { type: 'text/plain' });
  });
  return navigator.clipboard?.write([new ClipboardItem({ 'text/plain': text })]);
}

/** Browsers have no clipboard on pages that they do not trust, such as pages from another machine over HTTP. */
async function report(copied: Promise<void> | undefined): Promise<void> {
  if (!copied) return announce('This browser does not allow copying here');
  return copied.then(
    () => announce('Copied'),
    () => announce('Copying failed'),
  );
}
