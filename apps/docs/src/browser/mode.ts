import { storeChoice } from './storage.ts';

const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');

/** Lets the reader switch between light and dark mode. Without a choice, the page follows the system. */
export function startModeSwitch(): void {
  showMode();
  system.addEventListener('change', showMode);
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element) || !target.closest('[data-mode-switch]')) return;
    const isDark = !isDarkMode();
    const choice = isDark === system.matches ? undefined : isDark ? 'dark' : 'light';
    if (choice) root.dataset.mode = choice;
    else delete root.dataset.mode;
    storeChoice('mode', choice);
    showMode();
  });
}

function isDarkMode(): boolean {
  return (root.dataset.mode ?? (system.matches ? 'dark' : 'light')) === 'dark';
}

function showMode(): void {
  for (const button of document.querySelectorAll('[data-mode-switch]')) button.ariaPressed = String(isDarkMode());
}
