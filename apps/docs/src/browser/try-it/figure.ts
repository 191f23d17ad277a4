import { create } from './dom.ts';

/** Creates code with its label and a button that copies it. */
export function createFigure(label: string, code: readonly (Node | string)[]): HTMLElement {
  return create(
    'figure',
    { class: 'code' },
    create('figcaption', {}, create('span', {}, label), create('button', { type: 'button', class: 'copy' }, 'Copy')),
    create('pre', {}, create('code', {}, ...code)),
  );
}
