import { create } from './dom.ts';
import { type Control, createControl, setTextAttributes } from './fields.ts';
import type { BodyField, FormValues, OperationForm } from './form.ts';

/** Creates the field of the body, and the list of media types if there are several. */
export function createBodyFields({ body }: OperationForm): {
  readonly elements: readonly HTMLElement[];
  read(): Pick<FormValues, 'body' | 'mediaType'>;
} {
  const types = body?.mediaTypes ?? [];
  const controls = types.map((type) => createBodyControl(body ?? { isRequired: false, mediaTypes: [] }, type));
  const select = create(
    'select',
    { 'aria-label': 'Content type of the body' },
    ...types.map(({ name }) => create('option', {}, name)),
  );
  const showSelected = () => {
    for (const [index, { element }] of controls.entries()) element.hidden = index !== Math.max(select.selectedIndex, 0);
  };
  select.addEventListener('change', showSelected);
  showSelected();
  return {
    elements: [...(types.length > 1 ? [select] : []), ...controls.map(({ element }) => element)],
    read() {
      const index = Math.max(select.selectedIndex, 0);
      return { body: controls[index]?.read() ?? '', mediaType: types[index]?.name ?? '' };
    },
  };
}

/** Creates the control of the request body in one media type. */
function createBodyControl({ isRequired }: BodyField, { name, choices }: BodyField['mediaTypes'][number]): Control {
  const value = choices[0]?.value ?? '';
  const control = create('textarea', { rows: String(Math.min(Math.max(value.split('\n').length + 1, 3), 16)) });
  setTextAttributes(control);
  control.value = value;
  const note = [name, isRequired ? 'required' : 'optional'].join(', ');
  return createControl({ label: 'Body', note, description: '', choices, control });
}
