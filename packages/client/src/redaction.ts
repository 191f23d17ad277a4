/** A text without the API key in it; undefined for what is not a text, or empty. */
export type Redact = (value: unknown) => string | undefined;

/** Servers and proxies echo what they were sent: the key may come back as it is or as HTTP Basic encodes it. */
export function redaction(token: string): Redact {
  const encoded = btoa(`${token}:`).replace(/=+$/, '');
  return (value) =>
    typeof value === 'string' && value
      ? value.replaceAll(token, '[API key]').replaceAll(encoded, '[API key]')
      : undefined;
}

/**
 * A copy of what a `fetch` threw: name, message, code and stack of each cause, and nothing else, since some put the
 * request, and so the key, on their errors.
 */
export function redactCause(thrown: unknown, redact: Redact, depth = 5): Error | undefined {
  // A chain of causes may be a circle.
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
    // What cannot even be read is no cause to tell of.
    return undefined;
  }
}
