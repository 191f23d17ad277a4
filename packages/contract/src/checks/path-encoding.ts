import type { Check } from '../engine/check.ts';
import { succeedingValues } from '../engine/parameter-values.ts';
import { equivalentSegments } from '../engine/path-segments.ts';
import { show } from '../engine/show.ts';
import { compare } from '../engine/stable.ts';

export const pathEncoding: Check = {
  name: 'path_encoding',
  severity: 'error',
  rationale: 'What a path segment means does not depend on how it is percent-encoded (RFC 3986, 2.4 and 6.2.2).',
  probes(operation, subject) {
    // What is done twice may well have two answers.
    if (operation.method !== 'GET') return [];
    const values = succeedingValues(operation, subject.known, subject.description.document);
    return operation.parameters
      .filter(({ name, in: place, style = 'simple' }) => place === 'path' && style === 'simple' && isText(values[name]))
      .flatMap(({ name: parameter }) =>
        equivalentSegments(String(values[parameter])).map(({ name, segment }) => ({
          name: `${parameter} with ${name}`,
          async run(session) {
            const { answer, reference, isSame } = await compare(session, {}, { segments: { [parameter]: segment } });
            if (isSame) return;
            session.report(answer, {
              expected: `the answer to the usual encoding: ${reference.status} ${show(reference.text)}`,
              actual: `${answer.status} ${show(answer.text)}`,
              promise: [operation.parameters.find(({ name }) => name === parameter) ?? operation.definition],
            });
          },
        })),
      );
  },
};

function isText(value: unknown): boolean {
  return value !== undefined && typeof value !== 'object';
}
