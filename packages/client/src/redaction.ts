/** Returns the text without the API key, or undefined if the value is not a text or is empty. */
export type Redactor = (value: unknown) => string | undefined;

/** Creates a function that removes an API key from texts, both as it is and as HTTP Basic encodes it. */
export function createRedactor(token: string): Redactor {
  // A server may send back the encoded key without its padding.
  const encoded = btoa(`${token}:`).replace(/=+$/, '');
  return (value) =>
    typeof value === 'string' && value
      ? value.replaceAll(token, '[API key]').replaceAll(encoded, '[API key]')
      : undefined;
}

/**
 * Copies what `fetch` threw, without the API key. Only the name, message, code and stack of each cause are copied,
 * because some libraries attach the request, and with it the key, to their errors.
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
