const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const CHARACTERS = new Map(Object.entries(ESCAPES).map(([character, reference]) => [reference, character]));

/**
 * Text that is already HTML or XML. {@link markup} does not escape it again.
 *
 * @example
 * markup`<p>${new Markup('<br>')}</p>`.text; // '<p><br></p>'
 */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * A value in a template of {@link markup}. `undefined` becomes an empty string, and the items of a list are concatenated.
 *
 * @example
 * const items: MarkupValue = ['Jane', 'Joe'].map((name) => markup`<li>${name}</li>`);
 */
export type MarkupValue = string | number | Markup | undefined | readonly MarkupValue[];

/**
 * Builds HTML or XML from a template. Escapes all values except `Markup`.
 *
 * @example
 * markup`<p>${'<script>'}</p>`.text; // '<p>&lt;script&gt;</p>'
 */
export function markup(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + toText(values[index - 1]) + part));
}

function toText(value: MarkupValue): string {
  if (value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(toText).join('');
  return escapeMarkup(String(value));
}

/**
 * Escapes text for elements and quoted attributes of HTML and XML.
 *
 * @example
 * escapeMarkup('a < "b"'); // 'a &lt; &quot;b&quot;'
 */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/**
 * Replaces numeric character references, and the named ones that {@link escapeMarkup} writes, with their characters.
 *
 * @example
 * unescapeMarkup('a &lt; &#34;b&#x22;'); // 'a < "b"'
 */
export function unescapeMarkup(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|[a-z]+);/gi, (reference, hexadecimal?: string, decimal?: string) => {
    if (hexadecimal) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return CHARACTERS.get(reference) ?? reference;
  });
}
