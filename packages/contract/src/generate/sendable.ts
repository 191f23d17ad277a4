import type { Operation, Parameter } from '@firstofficer/openapi';
import { isObject } from '../schema/json.ts';

/** Returns whether a request can carry a value of a parameter so that every server reads the same value. */
export function isSendable(parameter: Parameter, value: unknown): boolean {
  if (parameter.content) return value !== undefined;
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => isSendableItem(parameter, item));
  if (isObject(value)) {
    const members = Object.values(value);
    return members.length > 0 && members.every((member) => isSendableItem(parameter, member));
  }
  return value !== null && value !== undefined && isSendableText(parameter, String(value));
}

/** Items must not contain the character that separates them. Some servers split lists after they decode them. */
function isSendableItem(parameter: Parameter, item: unknown): boolean {
  if (item === null || typeof item === 'object') return false;
  const { in: place, style = place === 'query' || place === 'cookie' ? 'form' : 'simple' } = parameter;
  const { explode = style === 'form' } = parameter;
  const text = String(item);
  return text !== '' && (explode || !/[,|; ./=]/.test(text)) && isSendableText(parameter, text);
}

function isSendableText({ in: place }: Parameter, text: string): boolean {
  switch (place) {
    case 'path':
      // URLs drop empty segments and resolve `.` and `..`, even if encoded.
      return !['', '.', '..'].includes(text);
    case 'header':
      return /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text);
    case 'cookie':
      return text !== '' && encodeURIComponent(text) === text;
    default:
      return true;
  }
}

/** Returns whether an empty value of a parameter is a value. Otherwise some servers treat it as left out. */
export function allowsEmptyValue(parameter: Parameter): boolean {
  return parameter.in === 'query' && (parameter as { readonly allowEmptyValue?: boolean }).allowEmptyValue === true;
}

/**
 * Returns the values of a path parameter that lead to another operation: `/users/me` is not the user with the ID `me`.
 */
export function listOtherRoutes({ path }: Operation, { name }: Parameter, operations: readonly Operation[]): string[] {
  const segments = path.split('/');
  const index = segments.indexOf(`{${name}}`);
  if (index === -1) return [];
  return operations.flatMap((other) => {
    const others = other.path.split('/');
    const segment = others[index];
    const isSibling = others.slice(0, index).join('/') === segments.slice(0, index).join('/');
    return isSibling && segment !== undefined && !segment.includes('{') ? [segment] : [];
  });
}
