import { create } from './dom.ts';
import type { Choice, Field } from './form.ts';
import { canSendHeader } from './headers.ts';

/** A control of the form and its elements. */
export interface Control {
  readonly element: HTMLElement;
  read(): string;
  write(value: string): void;
}

let count = 0;

/**
 * Creates an ID that is unique in the page.
 *
 * @example
 * createId(); // 'try-it-1'
 */
export function createId(): string {
  count += 1;
  return `try-it-${count}`;
}

interface LabelledControl {
  readonly label: string;
  /** The text after the label, such as `required`. */
  readonly note: string;
  readonly description: string;
  readonly choices: readonly Choice[];
  readonly control: HTMLInputElement | HTMLTextAreaElement;
  /** Buttons beside the control. */
  readonly buttons?: readonly HTMLElement[];
}

/** Creates a text field with its label, its description and a list of examples. */
export function createControl({ label, note, description, choices, control, buttons = [] }: LabelledControl): Control {
  const id = createId();
  const noteId = `${id}-note`;
  control.id = id;
  const describedBy = [note && noteId, description && `${id}-text`].filter(Boolean).join(' ');
  if (describedBy) control.setAttribute('aria-describedby', describedBy);
  const caption = create(
    'div',
    { class: 'try-label' },
    create('label', { for: id }, label),
    create('span', { id: noteId }, note),
  );
  const element = create('div', { class: 'try-field' }, caption);
  if (description) element.append(create('p', { id: `${id}-text`, class: 'try-note' }, description));
  const list = createChoices(label, choices, control);
  element.append(create('div', { class: 'try-row' }, ...(list ? [list] : []), control, ...buttons));
  return {
    element,
    read: () => control.value,
    write(value) {
      control.value = value;
      control.dispatchEvent(new Event('input', { bubbles: true }));
    },
  };
}

/** Creates the list of examples. It follows the text field: a text that is no example selects "Your own value". */
function createChoices(
  label: string,
  choices: readonly Choice[],
  control: LabelledControl['control'],
): HTMLElement | undefined {
  if (choices.length === 0) return undefined;
  const select = create('select', { 'aria-label': `Examples of ${label}` });
  const isBody = control.localName === 'textarea';
  const own = create('option', { value: '' }, isBody ? 'Your own body' : 'Your own value');
  select.append(own, ...choices.map(({ label, value }) => create('option', {}, label || value)));
  const selectMatching = () => {
    const current = control.value;
    const selected = choices[select.selectedIndex - 1];
    if (selected?.value !== current) select.selectedIndex = choices.findIndex(({ value }) => value === current) + 1;
  };
  control.addEventListener('input', selectMatching);
  select.addEventListener('change', () => {
    const chosen = choices[select.selectedIndex - 1];
    control.value = chosen?.value ?? '';
    control.dispatchEvent(new Event('input', { bubbles: true }));
  });
  selectMatching();
  return select;
}

const PLACES: Readonly<Record<string, string>> = {
  path: '',
  query: 'query',
  header: 'header',
  cookie: 'cookie',
  querystring: 'query',
};

/** What the form says of values that a page cannot send over the network. */
export const NOT_SENDABLE = 'Browsers do not let a page send this to a server.';

/** Creates the control of a parameter. */
export function createField(field: Field, buttons: readonly HTMLElement[]): Control {
  const { name, isRequired, isDeprecated, choices, initial, composite } = field;
  const control = composite ? create('textarea', { rows: '2' }) : create('input', { type: 'text' });
  setTextAttributes(control);
  control.value = initial;
  if (!isRequired) control.placeholder = 'not sent';
  const note = [
    PLACES[field.in],
    isRequired ? 'required' : 'optional',
    composite ? 'as JSON' : '',
    isDeprecated ? 'deprecated' : '',
  ]
    .filter(Boolean)
    .join(', ');
  // The button fills in a value from a response. The examples are in no response.
  const shown = buttons.length > 0 ? [] : choices;
  const isSendable = field.in !== 'cookie' && (field.in !== 'header' || canSendHeader(name));
  const description = isSendable ? '' : NOT_SENDABLE;
  return createControl({ label: name, note, description, choices: shown, control, buttons });
}

/** Turns off what browsers add to text fields for prose. */
export function setTextAttributes(control: HTMLElement): void {
  for (const name of ['autocomplete', 'autocapitalize', 'autocorrect']) control.setAttribute(name, 'off');
  control.setAttribute('spellcheck', 'false');
}
