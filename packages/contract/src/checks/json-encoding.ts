import { isUtf8 } from 'node:buffer';
import { getHeader } from '../http/exchange.ts';
import { findDocumentedJson } from '../request/operation-exchange.ts';
import type { Check, Violation } from './check.ts';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export const jsonEncoding: Check = {
  name: 'json_encoding',
  severity: 'error',
  basis: 'rfc',
  rationale:
    'JSON between systems is UTF-8 without a byte order mark (RFC 8259, 8.1), and Content-Type names no other charset.',
  checkResponse(exchange) {
    const media = findDocumentedJson(exchange);
    if (!media) return [];
    const { content: body = exchange.body } = exchange;
    const specRef = [media] as const;
    const violations: Violation[] = [];
    if (!isUtf8(body)) violations.push({ expected: 'a body in UTF-8', actual: 'bytes that are not UTF-8', specRef });
    if (body.subarray(0, 3).equals(BYTE_ORDER_MARK)) {
      const actual = 'a body that begins with EF BB BF';
      violations.push({ expected: 'a body without a byte order mark', actual, specRef });
    }
    const type = getHeader(exchange, 'content-type') ?? '';
    const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type)?.[1];
    if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
      violations.push({ expected: 'no charset other than utf-8', actual: type, specRef });
    }
    return violations;
  },
};
