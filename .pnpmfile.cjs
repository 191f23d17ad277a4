// On Linux and Windows, the packages that hold the binary of Node bring it: pnpm downloads them beside the others and
// keeps them for the next installation. The package `node` downloads it anew, by npm and after all others. It is for
// macOS, where the other packages lack versions.
module.exports = {
  hooks: {
    readPackage(manifest) {
      if (manifest.name === 'node') return { ...manifest, os: ['darwin'] };
      // pnpm ignores the platform of a package that does not name it as a list.
      const { os, cpu } = manifest;
      return typeof os === 'string' && typeof cpu === 'string' ? { ...manifest, os: [os], cpu: [cpu] } : manifest;
    },
  },
};
