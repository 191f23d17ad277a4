/** The attributes of a new element. `true` sets an attribute without a value, `false` and undefined leave it out. */
type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Creates an element. Text in `children` never becomes markup.
 *
 * @example
 * create('p', { class: 'hint' }, 'Not sent if ', create('code', {}, 'empty'));
 */
export function create<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(attribute, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}
