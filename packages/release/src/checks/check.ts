import type { Expectation } from '../expectations.ts';
import type { PackedPackage } from '../tarball.ts';

/** What the checks compare a package with. */
export interface CheckContext {
  /** The versions of all packages of the release, by name. */
  readonly versions: ReadonlyMap<string, string>;
  /** The text of the licence of the repository. */
  readonly license: string;
  /** What the package may contain. */
  readonly expectation: Expectation;
  /** Folders of this machine, whose paths must not be in the package. */
  readonly localFolders: readonly string[];
}

/** A check of a packed package. Returns a sentence for each problem. */
export type Check = (pkg: PackedPackage, context: CheckContext) => string[] | Promise<string[]>;
