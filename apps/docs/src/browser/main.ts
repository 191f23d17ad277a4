// The script of every page. The parts that a reader may never use are loaded on first use.
import { startCopying } from './copy.ts';
import { startDetails } from './details.ts';
import { loadPart } from './load-part.ts';
import { startModeSwitch } from './mode.ts';
import { showLanguage, startSamples } from './samples.ts';
import { startTryIt } from './start-try-it.ts';
import { storeChoice } from './storage.ts';

startModeSwitch();
startCopying();
startDetails();
startSamples((language) => storeChoice('language', language));
startTryIt();
// The inline script has read the stored language.
showLanguage(document.documentElement.dataset.language ?? '');

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.closest('[data-search]')) void openSearch();
  // In the file for offline reading, a link of the menu leads to another part of the same page.
  if (target.closest('.menu a')) document.getElementById('menu')?.hidePopover();
});

document.addEventListener('keydown', (event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  const isTyping = target instanceof HTMLElement && target.matches('input, select, textarea, [contenteditable]');
  const isSlash = key === '/' && !isTyping && !ctrlKey && !metaKey && !altKey;
  if (!isSlash && !(key.toLowerCase() === 'k' && ctrlKey !== metaKey && !altKey)) return;
  event.preventDefault();
  void openSearch();
});

// Apple's keyboards have another key.
if (/Mac|iPhone|iPad/.test(navigator.userAgent)) {
  for (const hint of document.querySelectorAll('.search-button kbd')) hint.textContent = '⌘ K';
}

async function openSearch(): Promise<void> {
  const search = await loadPart(() => import('./search/dialog.ts'));
  search?.openSearch();
}
