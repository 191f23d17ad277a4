import type { PackedPackage } from '../tarball.ts';
import type { CheckContext } from './check.ts';

/** Reports a package that is larger than its limits. */
export function checkSize({ packedSize, unpackedSize }: PackedPackage, { expectation }: CheckContext): string[] {
  return [
    ...compare('The tarball', packedSize, expectation.packedKb),
    ...compare('The unpacked package', unpackedSize, expectation.unpackedKb),
  ];
}

function compare(what: string, bytes: number, limitKb: number): string[] {
  const size = Math.ceil(bytes / 1000);
  if (size <= limitKb) return [];
  return [
    `${what} has ${size} kB, more than its limit of ${limitKb} kB. ` +
      'Remove what users do not need, or raise the limit in packages/release/src/expectations.ts.',
  ];
}
