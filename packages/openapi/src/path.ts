const PARAMETER = /\{([^{}]+)\}/;
const PARAMETERS = new RegExp(PARAMETER, 'g');

/**
 * Creates a function that matches request paths against a template and returns the values of the parameters.
 *
 * A value may be empty, so `/v2/customers/` matches `/v2/customers/{customer}`. A value never contains a slash. Values
 * are still percent-encoded; {@link decodeSegment} decodes them.
 *
 * @param template - A path of the description, such as `/v2/customers/{customer}`.
 * @returns A function that takes a request path without its query. It returns the value of each parameter, or undefined
 * if the path does not match.
 * @example
 * const match = createPathMatcher('/v2/customers/{customer}');
 * match('/v2/customers/jane%40example.com'); // { customer: 'jane%40example.com' }
 */
export function createPathMatcher(template: string): (path: string) => Record<string, string> | undefined {
  // Splitting by a capturing group returns literals and parameter names alternately.
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
 * @param segments - Values to insert without encoding, by parameter name. They take precedence over `parameters`.
 * @throws URIError if a value contains a lone surrogate, because it cannot be percent-encoded.
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
 * Decodes the percent-encoding of one path segment.
 *
 * @returns The value, or undefined if the segment is not valid percent-encoded UTF-8.
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
