const PARAMETER = /\{([^{}]+)\}/;
const PARAMETERS = new RegExp(PARAMETER, 'g');

/**
 * Makes a function that reads the parameters out of a request path that fits a template.
 *
 * A parameter may be empty, so `/v2/customers/` fits `/v2/customers/{customer}`; it never spans a slash. Values come as
 * they were sent: {@link decodeSegment} decodes them.
 *
 * @param template - The description's path, such as `/v2/customers/{customer}`.
 * @returns A function of a request's path, without a query. It gives the raw value of each parameter, or undefined if the
 * path does not fit.
 * @example
 * const match = pathMatcher('/v2/customers/{customer}');
 * match('/v2/customers/jane%40example.com'); // { customer: 'jane%40example.com' }
 */
export function pathMatcher(template: string): (path: string) => Record<string, string> | undefined {
  // Splitting by a capture yields literal and name in turn.
  const parts = template.split(PARAMETER);
  const pattern = parts.map((part, index) => (index % 2 === 0 ? escapeLiteral(part) : '([^/]*)')).join('');
  const expression = new RegExp(`^${pattern}$`);
  const names = parts.filter((_, index) => index % 2 === 1);
  return (path) => {
    const match = expression.exec(path);
    return match ? Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) : undefined;
  };
}

/**
 * Fills a path template with percent-encoded values.
 *
 * @param segments - Values that are already written as they are to be sent, by name; they win over `parameters`.
 * @throws URIError if a value has a lone surrogate, which no URL can carry.
 * @example
 * fillPath('/v2/customers/{customer}', { customer: 'jane@example.com' }); // '/v2/customers/jane%40example.com'
 */
export function fillPath(
  template: string,
  parameters: Readonly<Record<string, string>>,
  segments: Readonly<Record<string, string>> = {},
): string {
  return template.replaceAll(
    PARAMETERS,
    (_, name: string) => segments[name] ?? encodeURIComponent(parameters[name] ?? ''),
  );
}

/**
 * Decodes one path segment.
 *
 * @returns The value, or undefined if the segment is not valid percent-encoding of UTF-8.
 * @example
 * decodeSegment('%ZZ'); // undefined
 */
export function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

function escapeLiteral(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
