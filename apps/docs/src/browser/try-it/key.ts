import type { SecurityScheme } from '@firstofficer/openapi/browser';
import type { TryItRequest } from './form.ts';

/** Adds the API key to a request, in the form of its security schemes. */
export function addKey(request: TryItRequest, security: readonly SecurityScheme[], key: string): TryItRequest {
  return key === '' ? request : security.reduce((result, scheme) => addKeyOfScheme(result, scheme, key), request);
}

function addKeyOfScheme(
  request: TryItRequest,
  { type, scheme = '', in: location, name = '' }: SecurityScheme,
  key: string,
): TryItRequest {
  const { target, headers } = request;
  if (type !== 'apiKey') {
    const isBasic = scheme.toLowerCase() === 'basic';
    return {
      ...request,
      headers: { ...headers, Authorization: isBasic ? `Basic ${encodeBase64(`${key}:`)}` : `Bearer ${key}` },
    };
  }
  if (location === 'query') {
    const pair = `${encodeURIComponent(name)}=${encodeURIComponent(key)}`;
    return { ...request, target: `${target}${target.includes('?') ? '&' : '?'}${pair}` };
  }
  if (location === 'cookie') {
    return {
      ...request,
      headers: { ...headers, Cookie: [headers.Cookie, `${name}=${key}`].filter(Boolean).join('; ') },
    };
  }
  // An apiKey in the Authorization header stands for `Token token="…"`, a form that OpenAPI cannot describe.
  const value = name.toLowerCase() === 'authorization' ? `Token token="${key}"` : key;
  return { ...request, headers: { ...headers, [name]: value } };
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
