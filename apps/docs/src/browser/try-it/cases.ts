import { create } from './dom.ts';
import type { Case, OperationForm } from './form.ts';

/**
 * Creates the buttons of the documented statuses.
 *
 * @param choose - Called with the case of the button that the reader presses.
 */
export function createCases({ cases }: OperationForm, choose: (chosen: Case) => void): HTMLElement {
  const buttons = cases.map((item) => {
    const button = create('button', { type: 'button', class: `try-case status status-${item.status[0]}` }, item.status);
    button.addEventListener('click', () => choose(item));
    return button;
  });
  return create(
    'div',
    { class: 'try-cases', role: 'group', 'aria-label': 'Responses to try' },
    create('span', {}, 'Or try a response'),
    ...buttons,
  );
}

/** Returns a status that the mock can send for a key of `responses`, such as 400 for `4XX`. */
export function toCode(status: string): string {
  return status === 'default' ? '500' : status.replaceAll(/x/gi, '0');
}
