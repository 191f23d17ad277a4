/**
 * Reads the parameters out of a request path that fits a template.
 *
 * A parameter fills one whole segment and may be empty, so `/v2/customers/` fits `/v2/customers/{customer}`. Values
 * come as they were sent: {@link decodeSegment} decodes them.
 *
 * @param template - The description's path, such as `/v2/customers/{customer}`.
 * @param path - The path of the request, without a query.
 * @returns The raw value of each parameter, or undefined if the path does not fit.
 * @example
 * matchPath('/v2/customers/{customer}', '/v2/customers/jane%40example.com'); // { customer: 'jane%40example.com' }
 */
export function matchPath(template: string, path: string): Record<string, string> | undefined {
  const expected = template.split('/');
  const actual = path.split('/');
  if (expected.length !== actual.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const value = actual[index] ?? '';
    const name = parameterName(segment);
    if (name !== undefined) parameters[name] = value;
    else if (segment !== value) return undefined;
  }
  return parameters;
}

/**
 * Fills a path template with percent-encoded values.
 *
 * @throws URIError if a value has a lone surrogate, which no URL can carry.
 * @example
 * fillPath('/v2/customers/{customer}', { customer: 'jane@example.com' }); // '/v2/customers/jane%40example.com'
 */
export function fillPath(template: string, parameters: Readonly<Record<string, string>>): string {
  return template
    .split('/')
    .map((segment) => {
      const name = parameterName(segment);
      return name === undefined ? segment : encodeURIComponent(parameters[name] ?? '');
    })
    .join('/');
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

function parameterName(segment: string): string | undefined {
  return /^\{([^{}]+)\}$/.exec(segment)?.[1];
}
