/**
 * Shows every sample of the page in a language. A group without this language shows its first one.
 *
 * @example
 * showLanguage('ruby');
 */
export function showLanguage(language: string): void {
  document.documentElement.dataset.language = language;
  for (const group of document.querySelectorAll('[data-languages]')) {
    const buttons = [...group.querySelectorAll<HTMLElement>('[data-choose-language]')];
    const chosen = buttons.find((button) => button.dataset.chooseLanguage === language) ?? buttons[0];
    for (const button of buttons) button.ariaPressed = String(button === chosen);
  }
}

/**
 * Lets the reader choose the language and the case of samples. The listeners also serve groups that are added later.
 *
 * @param remember - Called with each language that the reader chooses.
 */
export function startSamples(remember: (language: string) => void): void {
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-choose-language]') : null;
    const language = button?.dataset.chooseLanguage;
    if (!button || !language) return;
    const { top } = button.getBoundingClientRect();
    showLanguage(language);
    remember(language);
    // Other groups above the button may have changed their height.
    scrollBy({ top: button.getBoundingClientRect().top - top, behavior: 'instant' });
  });
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLSelectElement) || !target.matches('[data-choose-case]')) return;
    // The cases share a name, so the browser closes the one that was open.
    const chosen = target.closest('.samples')?.querySelectorAll<HTMLDetailsElement>('.case')[target.selectedIndex];
    if (chosen) chosen.open = true;
  });
  document.addEventListener('toggle', ({ target }) => updateCase(target), { capture: true });
}

/** Selects the case that the browser opened, for example because it found the text that the reader searches for. */
function updateCase(target: EventTarget | null): void {
  if (!(target instanceof HTMLDetailsElement) || !target.matches('.case') || !target.open) return;
  const panel = target.closest('.samples');
  const select = panel?.querySelector<HTMLSelectElement>('[data-choose-case]');
  if (panel && select) select.selectedIndex = [...panel.querySelectorAll('.case')].indexOf(target);
}
