import { getContentCoding } from '../http/content-coding.ts';
import { hasBody } from '../request/operation-exchange.ts';
import type { Check } from './check.ts';

export const contentCoding: Check = {
  name: 'content_coding',
  severity: 'error',
  basis: 'rfc',
  rationale:
    'A body is compressed only if the request allows it (RFC 9110, 12.5.3), and in the coding that Content-Encoding names.',
  checkResponse(exchange) {
    const coding = getContentCoding(exchange);
    const { request, operation, content } = exchange;
    if (coding === undefined || coding === 'identity' || !hasBody(exchange)) return [];
    const specRef = [operation.definition, 'responses'] as const;
    const asked = request.headers.find(([name]) => name === 'Accept-Encoding')?.[1] ?? '';
    if (!asked.includes(coding)) {
      const expected = `a body in a coding that Accept-Encoding: ${asked} allows`;
      return [{ expected, actual: `Content-Encoding: ${coding}`, specRef }];
    }
    return content
      ? []
      : [{ expected: `a body in ${coding}, as Content-Encoding states`, actual: 'bytes in another coding', specRef }];
  },
};
