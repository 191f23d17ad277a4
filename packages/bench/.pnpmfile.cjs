// The benchmark of the docs serves the bundles of these packages and nothing else: what they were bundled from would be
// some six hundred packages more to install.
const BUNDLES = ['@scalar/api-reference', '@stoplight/elements', 'rapidoc', 'swagger-ui-dist'];

module.exports = {
  hooks: {
    readPackage(manifest) {
      return BUNDLES.includes(manifest.name) ? { ...manifest, dependencies: {}, peerDependencies: {} } : manifest;
    },
  },
};
