/** Returns a string without the API key, or undefined if the value is not a string or is empty. */
export type Redactor = (value: unknown) => string | undefined;

/** Creates a function that removes an API key from strings: the key itself, and the key as HTTP Basic encodes it. */
export function createRedactor(token: string): Redactor {
  // A server may send back the encoded key without its padding.
  const encoded = btoa(`${token}:`).replace(/=+$/, '');
  return (value) =>
    typeof value === 'string' && value
      ? value.replaceAll(token, '[API key]').replaceAll(encoded, '[API key]')
      : undefined;
}

/**
 * Copies an error that `fetch` threw, without the API key. Copies only the name, message, code and stack of each cause,
 * because some libraries attach the whole request to their errors, and the request contains the key.
 */
export function redactCause(thrown: unknown, redact: Redactor, depth = 5): Error | undefined {
  // The depth is limited because a chain of causes may be circular.
  if (!thrown || !depth) return undefined;
  try {
    const { name, message = thrown, code, stack, cause } = Object(thrown);
    const inner = redactCause(cause, redact, depth - 1);
    return Object.assign(
      new Error(redact(message), inner && { cause: inner }),
      { name: redact(name) ?? 'Error', stack: redact(stack) },
      code && { code: redact(code) },
    );
  } catch {
    // A getter of the error threw.
    return undefined;
  }
}
