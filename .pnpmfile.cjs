// The bundles of these packages are all that the docs' benchmark serves: what they were bundled from would be some six
// hundred packages more to install, for whoever only wants to run a test.
const BUNDLES = ['@scalar/api-reference', '@stoplight/elements', 'rapidoc', 'swagger-ui-dist'];

module.exports = {
  hooks: {
    readPackage(manifest) {
      return BUNDLES.includes(manifest.name) ? { ...manifest, dependencies: {}, peerDependencies: {} } : manifest;
    },
  },
};
