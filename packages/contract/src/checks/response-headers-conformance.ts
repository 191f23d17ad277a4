import { getHeader } from '../http/exchange.ts';
import type { Check, Violation } from './check.ts';

// If these headers occur twice, clients differ in which value they use.
const SINGLE = ['content-type', 'content-length', 'location', 'retry-after'];

export const responseHeadersConformance: Check = {
  name: 'response_headers_conformance',
  severity: 'error',
  basis: 'description',
  rationale: 'Required headers are present, headers conform to their schema, and single-value headers occur once.',
  checkResponse(exchange, { validator }) {
    const { documented, headers } = exchange;
    if (!documented) return [];
    const { response, status } = documented;
    const described = Object.entries(response.headers ?? {}).flatMap(([name, header]): Violation[] => {
      // OpenAPI describes Content-Type by `content` instead.
      if (name.toLowerCase() === 'content-type') return [];
      const value = getHeader(exchange, name);
      if (value !== undefined) return validator.validateText(header.schema ?? {}, value, `header ${name}`);
      return header.required
        ? [{ expected: `header ${name} with ${status}`, actual: 'no such header', specRef: [header, 'required'] }]
        : [];
    });
    const names = headers.map(([name]) => name.toLowerCase());
    const repeated = SINGLE.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
    return [
      ...described,
      ...repeated.map(
        (name): Violation => ({
          expected: `one header ${name}`,
          actual: headers
            .filter(([candidate]) => candidate.toLowerCase() === name)
            .map(([, value]) => value)
            .join(' and '),
          specRef: [response],
        }),
      ),
    ];
  },
};
