import { expect, test } from 'vitest';
import { lintCopies } from './lint-copies.ts';

const OPERATION =
  '      deprecated: true\n      x-deprecated-since: 2026-11-01\n      x-sunset: 2027-11-01\n      x-replaced-by: retrieveInvoice\n';
const MEMBER = 'deprecated: true\n          x-deprecated-since: 2026-06-01';
const REFERENCE = 'total: { $ref: "#/components/schemas/Total" }\n        amount';

/** Edits of the fixture: what is replaced, its replacement, and the beginning of each problem that the linter reports. */
const EDITS: Readonly<Record<string, readonly [original: string, edited: string, ...problems: string[]]>> = {
  'the fixture has no problem': ['openapi: 3.1.1', 'openapi: 3.1.1'],
  'an operation needs a date': [
    OPERATION,
    '      deprecated: true\n',
    'retrieveBill is deprecated without a date. Add x-deprecated-since',
  ],
  'extensions of an operation need deprecated': [
    OPERATION,
    OPERATION.replace('true', 'false'),
    'x-deprecated-since has a meaning only for what is deprecated. Add "deprecated: true"',
    'x-sunset has a meaning only for what is deprecated. Add "deprecated: true"',
    'x-replaced-by has a meaning only for what is deprecated. Add "deprecated: true"',
  ],
  'extensions of a member need deprecated': [
    MEMBER,
    MEMBER.replace('deprecated: true\n          ', ''),
    'x-deprecated-since has a meaning only for what is deprecated.',
    'x-sunset has a meaning only for what is deprecated.',
    'x-replaced-by has a meaning only for what is deprecated.',
  ],
  'extensions beside a reference need deprecated': [
    REFERENCE,
    REFERENCE.replace(' }', ', x-sunset: 2027-06-01 }'),
    'x-sunset has a meaning only for what is deprecated.',
  ],
  'a month exists': ['x-sunset: 2027-10-01', 'x-sunset: 2027-13-01', 'x-sunset is "2027-13-01". Write a date'],
  'a day exists': ['since: 2026-09-01', 'since: 2026-02-30', 'x-deprecated-since is "2026-02-30". Write a date'],
  'a text is no date': ['x-sunset: 2027-08-01', 'x-sunset: next year', 'x-sunset is "next year". Write a date'],
  'a year is no date': ['x-sunset: 2027-08-01', 'x-sunset: 2027', 'x-sunset is 2027. Write a date'],
  'a sunset is not before the deprecation': [
    'x-sunset: 2027-06-01',
    'x-sunset: 2026-05-31',
    'x-sunset is 2026-05-31, which is not after x-deprecated-since, 2026-06-01.',
  ],
  'a sunset is not on the day of the deprecation': [
    'x-sunset: 2027-11-01',
    'x-sunset: 2026-11-01',
    'x-sunset is 2026-11-01, which is not after x-deprecated-since, 2026-11-01.',
  ],
  'the replacement of an operation exists': [
    'x-replaced-by: retrieveInvoice',
    'x-replaced-by: retrieveInvoices',
    'x-replaced-by is "retrieveInvoices", which the description does not have.',
  ],
  'the replacement of a parameter exists': [
    'x-replaced-by: limit',
    'x-replaced-by: size',
    'x-replaced-by is "size", which the description does not have.',
  ],
  'the replacement of a header exists': [
    'x-replaced-by: X-Total-Count',
    'x-replaced-by: X-Count',
    'x-replaced-by is "X-Count", which the description does not have.',
  ],
  'the replacement of a member exists': [
    'x-replaced-by: total',
    'x-replaced-by: error.total.sum',
    'x-replaced-by is "error.total.sum", which the description does not have.',
  ],
  'the replacement beside a reference exists': [
    REFERENCE,
    REFERENCE.replace(' }', ', deprecated: true, x-replaced-by: sum }'),
    'x-replaced-by is "sum", which the description does not have.',
  ],
  'a replacement is a text': [
    'x-replaced-by: note',
    'x-replaced-by: [note, total]',
    'x-replaced-by is ["note","total"], which the description does not have.',
  ],
  'nothing replaces itself': [
    'x-replaced-by: X-Total-Count',
    'x-replaced-by: X-Total',
    'x-replaced-by is "X-Total", which is deprecated itself.',
  ],
  'a member of a member can replace a member': ['x-replaced-by: total', 'x-replaced-by: error.code'],
  'the name of a header has no letter case': ['x-replaced-by: X-Total-Count', 'x-replaced-by: x-total-count'],
};

test('the linter explains each mistake in a deprecation', async (context) => {
  const edits = Object.values(EDITS).map(([original, edited]) => [original, edited] as const);
  const found = await lintCopies(context, 'test/deprecations.openapi.yaml', edits);

  const names = Object.keys(EDITS);
  const messages = found.map((problems, index) => [names[index], problems.map(({ message }) => message)]);
  expect(Object.fromEntries(messages)).toEqual(
    Object.fromEntries(
      Object.entries(EDITS).map(([name, [, , ...problems]]) => [
        name,
        problems.map((problem) => expect.stringContaining(problem)),
      ]),
    ),
  );
  expect(found.flat().filter(({ message }) => !message.endsWith('.'))).toEqual([]);
});
