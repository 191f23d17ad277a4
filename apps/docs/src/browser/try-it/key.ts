import type { SecurityScheme } from '@firstofficer/openapi/browser';
import type { TryItRequest } from './form.ts';

/** Adds the API key to a request, in the form of its security schemes. */
export function addKey(request: TryItRequest, security: readonly SecurityScheme[], key: string): TryItRequest {
  return key === '' ? request : security.reduce((result, scheme) => addKeyOfScheme(result, scheme, key), request);
}

/** Where a security scheme puts the key, and what stands around it. */
export interface KeyPlace {
  readonly in: 'header' | 'query' | 'cookie';
  /** The name of the header. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** Whether the key is the user name of HTTP Basic, with an empty password. */
  readonly isBasic: boolean;
}

/**
 * Returns where a security scheme puts the key.
 *
 * @example
 * findKeyPlace({ type: 'http', scheme: 'bearer' }); // { in: 'header', name: 'Authorization', before: 'Bearer ', … }
 */
export function findKeyPlace({ type, scheme = '', in: location, name = '' }: SecurityScheme): KeyPlace {
  if (type !== 'apiKey') {
    const isBasic = scheme.toLowerCase() === 'basic';
    return { in: 'header', name: 'Authorization', before: isBasic ? 'Basic ' : 'Bearer ', after: '', isBasic };
  }
  if (location === 'query') {
    return { in: 'query', name: '', before: `${encodeURIComponent(name)}=`, after: '', isBasic: false };
  }
  if (location === 'cookie') return { in: 'cookie', name: 'Cookie', before: `${name}=`, after: '', isBasic: false };
  // An apiKey in the Authorization header stands for `Token token="…"`, a form that OpenAPI cannot describe.
  const isToken = name.toLowerCase() === 'authorization';
  return { in: 'header', name, before: isToken ? 'Token token="' : '', after: isToken ? '"' : '', isBasic: false };
}

function addKeyOfScheme(request: TryItRequest, securityScheme: SecurityScheme, key: string): TryItRequest {
  const { target, headers } = request;
  const { in: location, name, before, after, isBasic } = findKeyPlace(securityScheme);
  if (location === 'query') {
    return { ...request, target: `${target}${target.includes('?') ? '&' : '?'}${before}${encodeURIComponent(key)}` };
  }
  const value = before + (isBasic ? encodeBase64(`${key}:`) : key) + after;
  const cookies = location === 'cookie' ? [headers.Cookie, value].filter(Boolean).join('; ') : value;
  return { ...request, headers: { ...headers, [name]: cookies } };
}

/** Encodes the bytes of a text in UTF-8 as base64. */
function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Replaces the key in a text, also in the forms in which a request carries it. */
export function hideKey(text: string, key: string): string {
  const forms = [key, encodeURIComponent(key), encodeBase64(`${key}:`)];
  return key === '' ? text : forms.reduce((result, form) => result.replaceAll(form, '[key]'), text);
}
