import type { PackedPackage } from '../tarball.ts';

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

/** Reports parts of a manifest that are dangerous for users, or that they cannot use. */
export function checkManifest({ manifest, files }: PackedPackage): string[] {
  const dependencies = Object.entries({
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
    ...manifest.dependencies,
  });
  return [
    ...INSTALL_SCRIPTS.filter((name) => manifest.scripts?.[name] !== undefined).map(
      (name) => `package.json has the script ${name}, which would run on the machine of each user. Remove it.`,
    ),
    ...(files.some(({ path }) => path === 'binding.gyp')
      ? ['binding.gyp makes npm compile the package on the machine of each user. Remove it.']
      : []),
    ...(manifest.engines?.node || !needsNode(manifest)
      ? []
      : ['package.json does not say which versions of Node the package supports. Add engines.node.']),
    ...dependencies
      .filter(([, range]) => /^(?:workspace|catalog|link|file|portal):/.test(range))
      .map(
        ([name, range]) => `The dependency ${name} has the version ${range}, which only this workspace can resolve.`,
      ),
  ];
}

/** Returns whether Node runs something of the package. */
function needsNode({ bin, exports, main }: PackedPackage['manifest']): boolean {
  return bin !== undefined || /\.[cm]?js"/.test(JSON.stringify([exports, main]));
}
