import type { Header } from '@firstofficer/openapi';
import { getHeader } from '../http/exchange.ts';
import type { OperationExchange } from '../request/operation-exchange.ts';
import { parseParameterText } from '../request/parse-text.ts';
import { preview } from '../schema/json.ts';
import type { Check, CheckContext, Violation } from './check.ts';

// If these headers occur twice, clients differ in which value they use.
const SINGLE = ['content-type', 'content-length', 'location', 'retry-after'];

export const responseHeadersConformance: Check = {
  name: 'response_headers_conformance',
  severity: 'error',
  basis: 'description',
  rationale: 'Required headers are present, headers conform to their schema, and single-value headers occur once.',
  checkResponse(exchange, context) {
    const { documented, headers } = exchange;
    if (!documented) return [];
    const { response, status } = documented;
    const described = Object.entries(response.headers ?? {}).flatMap(([name, header]): Violation[] => {
      // OpenAPI describes Content-Type by `content` instead.
      if (name.toLowerCase() === 'content-type') return [];
      const values = readValues(exchange, name);
      if (values.length > 0) return values.flatMap((value) => validateHeader({ name, header, value }, context));
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

/** Returns the value of a header. Set-Cookie has one for each line, because lines that are joined are no valid cookie. */
function readValues(exchange: OperationExchange, name: string): string[] {
  const lines = exchange.headers.filter(([candidate]) => candidate.toLowerCase() === name.toLowerCase());
  if (name.toLowerCase() === 'set-cookie') return lines.map(([, value]) => value);
  return [getHeader(exchange, name)].filter((value) => value !== undefined);
}

interface NamedHeader {
  readonly name: string;
  readonly header: Header;
  readonly value: string;
}

function validateHeader({ name, header, value }: NamedHeader, { validator }: CheckContext): readonly Violation[] {
  const parsed = parseParameterText(header, value);
  const [[mediaType, media] = []] = Object.entries(header.content ?? {});
  if (!media) return validator.validateText(header.schema ?? {}, parsed ?? value, `header ${name}`);
  if (parsed !== undefined) return validator.validateResponse(media.schema ?? {}, parsed, `header ${name}`);
  return [{ expected: `header ${name} in ${mediaType}`, actual: preview(value), specRef: [header, 'content'] }];
}
