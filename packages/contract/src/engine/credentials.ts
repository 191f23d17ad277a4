import type { Operation, SecurityScheme } from '@firstofficer/openapi';

/** A form in which an operation takes its key. */
export interface CredentialForm {
  /** The name of the security scheme in the description. */
  readonly scheme: string;
  /** The headers that carry a key in this form. */
  write(key: string): Record<string, string>;
}

/** The forms in which an operation takes a key alone, as far as its security schemes are of a kind known here. */
export function credentialForms({ security }: Operation): CredentialForm[] {
  return security.flatMap((schemes) => {
    const [alone, ...others] = Object.entries(schemes);
    if (!alone || others.length > 0) return [];
    const [scheme, definition] = alone;
    const write = writerOf(definition);
    return write ? [{ scheme, write }] : [];
  });
}

/** Whether every request to an operation needs a key. */
export function needsKey({ security }: Operation): boolean {
  return security.length > 0 && security.every((schemes) => Object.keys(schemes).length > 0);
}

function writerOf({ type, scheme, in: place, name = '' }: SecurityScheme): CredentialForm['write'] | undefined {
  if (type === 'http' && scheme?.toLowerCase() === 'basic') {
    return (key) => ({ Authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` });
  }
  if (type !== 'apiKey' || place !== 'header') return undefined;
  // A key that is said to be the whole of Authorization stands for a form that OpenAPI has no word for.
  return name.toLowerCase() === 'authorization'
    ? (key) => ({ Authorization: `Token token="${key}"` })
    : (key) => ({ [name]: key });
}
