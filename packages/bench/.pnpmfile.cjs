// The docs benchmark uses only the bundles in these packages. Their dependencies, about 600 packages, are not needed.
const BUNDLES = ['@scalar/api-reference', '@stoplight/elements', 'rapidoc', 'swagger-ui-dist'];

module.exports = {
  hooks: {
    readPackage(manifest) {
      return BUNDLES.includes(manifest.name) ? { ...manifest, dependencies: {}, peerDependencies: {} } : manifest;
    },
  },
};
