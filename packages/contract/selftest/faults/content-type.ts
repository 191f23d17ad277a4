import type { Fault, FaultGroup } from '../fault.ts';
import type { Message, Variant } from '../server/steps.ts';
import { retrieve } from '../test-request.ts';

function contentType(value: string | undefined, when: (message: Message) => boolean = () => true): Variant {
  return {
    alter: (message) => {
      if (!when(message)) return message;
      const { 'Content-Type': _, ...headers } = message.headers;
      return { ...message, headers: value === undefined ? headers : { ...headers, 'Content-Type': value } };
    },
  };
}

function typed(name: string, variant: Variant, more: Partial<Fault> = {}): Fault {
  return { name, check: 'content_type_conformance', variant, ...more };
}

/** Returns a server that returns another media type if Accept asks for it. */
function negotiates(wanted: RegExp, message: Partial<Message>, type = 'text/html'): Variant {
  return {
    alter: (right, { headers: { accept = '' } }) => {
      if (!wanted.test(accept)) return right;
      const { bytes = right.bytes, status = right.status } = message;
      return {
        status,
        headers: { ...right.headers, 'Content-Type': type, 'Content-Length': String(bytes.length) },
        bytes,
      };
    },
  };
}

const accepting = (Accept: string) => ({ triggeredBy: retrieve(undefined, { headers: { Accept } }) });
const unknown = { triggeredBy: retrieve('cus_NoSuch') };
const HTML = Buffer.from('<!DOCTYPE html><title>Customer</title>');
const XML = Buffer.from('<?xml version="1.0"?><customer/>');

const negotiation = (name: string, variant: Variant, accept: string): Fault => ({
  name,
  check: 'query_independence',
  variant,
  ...accepting(accept),
});

export const contentTypes: FaultGroup = {
  name: 'content type',
  faults: [
    typed('there is no content type', contentType(undefined)),
    typed('the content type is empty', contentType('')),
    typed('the content type is text/html', contentType('text/html; charset=utf-8')),
    typed('the content type is text/plain', contentType('text/plain')),
    typed('the content type is text/json', contentType('text/json')),
    typed('the content type is text/javascript', contentType('text/javascript')),
    typed('the content type is application/octet-stream', contentType('application/octet-stream')),
    typed('the content type is application/vnd.api+json', contentType('application/vnd.api+json')),
    typed('the content type is application/hal+json', contentType('application/hal+json')),
    typed('the content type is application/jsonp', contentType('application/jsonp')),
    typed('the content type is json alone', contentType('json')),
    typed('the content type is application/*', contentType('application/*')),
    typed('the content type begins with a charset', contentType('charset=utf-8; application/json')),
    typed('two content types in one header', contentType('application/json, text/html')),
    typed('two headers with two content types', {
      alter: (message) => ({
        ...message,
        headers: { ...message.headers, 'Content-Type': ['text/html', 'application/json'] },
      }),
    }),
    typed('the content type has a charset that the body is not in', contentType('application/json; charset=utf-16')),
    typed('the content type says ISO 8859-1', contentType('application/json; charset=iso-8859-1')),
    typed(
      'errors are application/problem+json',
      contentType('application/problem+json', ({ status }) => status >= 400),
      unknown,
    ),
    typed(
      'a 401 is text/plain',
      contentType('text/plain', ({ status }) => status === 401),
      { triggeredBy: retrieve(undefined, { headers: { Authorization: 'Basic' } }) },
    ),
    typed(
      'errors have no content type',
      contentType(undefined, ({ status }) => status >= 400),
      unknown,
    ),
    negotiation('a browser gets HTML', negotiates(/text\/html/, { bytes: HTML }), 'text/html,*/*;q=0.8'),
    negotiation(
      'who accepts XML gets XML',
      negotiates(/application\/xml/, { bytes: XML }, 'application/xml'),
      'application/xml',
    ),
    negotiation(
      'who accepts XML gets a 406',
      negotiates(/application\/xml/, { status: 406 }, 'application/json'),
      'application/xml',
    ),
    negotiation(
      'who accepts JSON of one kind alone gets a 406',
      negotiates(/problem/, { status: 406 }, 'application/json'),
      'application/problem+json',
    ),
    negotiation(
      'an Accept that cannot be read leads to a 500',
      negotiates(/^\*$/, { status: 500 }, 'application/json'),
      '*',
    ),
    negotiation(
      'who accepts text gets text',
      negotiates(/text\/plain/, { bytes: Buffer.from('cus') }, 'text/plain'),
      'text/plain',
    ),
  ],
};
