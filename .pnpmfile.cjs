/** The condition that resolves a package to its source. It works only in this workspace. */
const SOURCE = '@firstofficer/source';

/** Returns a value of `exports` without the conditions for this workspace, or undefined if nothing is left. */
function removeSources(exports) {
  if (typeof exports !== 'object' || exports === null) return exports;
  const entries = Object.entries(exports)
    .filter(([key]) => key !== SOURCE)
    .map(([key, value]) => [key, removeSources(value)])
    .filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

module.exports = {
  hooks: {
    // On Linux and Windows, the packages that hold the binary of Node bring it: pnpm downloads them beside the others and
    // keeps them for the next installation. The package `node` downloads it anew, by npm and after all others. It is for
    // macOS, where the other packages lack versions.
    readPackage(manifest) {
      if (manifest.name === 'node') return { ...manifest, os: ['darwin'] };
      // pnpm ignores the platform of a package that does not name it as a list.
      const { os, cpu } = manifest;
      return typeof os === 'string' && typeof cpu === 'string' ? { ...manifest, os: [os], cpu: [cpu] } : manifest;
    },
    // The manifest that users install contains nothing that works only in this workspace. The registry accepts a
    // provenance statement only if the manifest names the repository that published the package.
    beforePacking({ devDependencies, scripts, ...manifest }) {
      const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env;
      return {
        ...manifest,
        exports: removeSources(manifest.exports),
        ...(server && repository && { repository: { type: 'git', url: `git+${server}/${repository}.git` } }),
      };
    },
  },
};
