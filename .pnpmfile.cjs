// The condition that leads to the sources of a package. Only this workspace uses it.
const SOURCE = '@firstofficer/source';

/** Removes the condition from the exports of a package, and the entry points that have no other condition. */
function removeSources(exports) {
  if (typeof exports !== 'object' || exports === null) return exports;
  const entries = Object.entries(exports)
    .filter(([condition]) => condition !== SOURCE)
    .map(([condition, target]) => [condition, removeSources(target)])
    .filter(([, target]) => typeof target !== 'object' || Object.keys(target ?? {}).length > 0);
  return Object.fromEntries(entries);
}

module.exports = {
  hooks: {
    /** Changes the manifest of a package that is packed or published. */
    beforePacking(manifest) {
      return { ...manifest, exports: removeSources(manifest.exports) };
    },

    // On Linux and Windows, the packages that hold the binary of Node bring it: pnpm downloads them beside the others and
    // keeps them for the next installation. The package `node` downloads it anew, by npm and after all others. It is for
    // macOS, where the other packages lack versions.
    readPackage(manifest) {
      if (manifest.name === 'node') return { ...manifest, os: ['darwin'] };
      // pnpm ignores the platform of a package that does not name it as a list.
      const { os, cpu } = manifest;
      return typeof os === 'string' && typeof cpu === 'string' ? { ...manifest, os: [os], cpu: [cpu] } : manifest;
    },
  },
};
