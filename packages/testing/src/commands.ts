import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, '../../..');

/**
 * Whether the packages are on npm. The release sets it in `release.json` of this package, and then runs `pnpm generate`.
 */
export function arePackagesPublished(): boolean {
  const { published }: { published: boolean } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../release.json'), 'utf8'),
  );
  return published;
}

/** A text in its two forms: with the packages from npm, and with a clone of the repository. */
interface Forms {
  readonly npm: string;
  readonly clone: string;
}

// The variable of CI with the URL of this repository.
const REPOSITORY = 'FIRSTOFFICER_REPOSITORY';

// A text that contains another one comes first.
const FORMS: readonly Forms[] = [
  {
    npm: 'You can install the packages from npm.',
    clone: 'The packages are not on npm yet. Run the commands in a clone of the repository.',
  },
  ...['client', '--save-dev mock', 'metrics', 'common', 'spec', 'openapi', 'api'].map(createInstallation),
  {
    npm: '    image: node:24-slim\n    init: true\n    command: npx -y @firstofficer/mock --host 0.0.0.0 --scenarios /scenarios.yaml',
    clone:
      '    build: { context: ., dockerfile: packages/mock/Dockerfile }\n    init: true\n    command: --scenarios /scenarios.yaml',
  },
  createStep('      - run: ', `$\{{ vars.${REPOSITORY} }}`),
  createStep('    - ', `$${REPOSITORY}`),
  // Other commands use what these print. Without --silent, pnpm also prints what it runs.
  ...['api seed', 'api key create'].map((command) => ({
    npm: `npx -y @firstofficer/${command}`,
    clone: `npx -y pnpm@12 --silent ${command}`,
  })),
  ...['mock', 'contract', 'client', 'api'].map((name) => ({
    npm: `npx -y @firstofficer/${name}`,
    clone: `npx -y pnpm@12 ${name}`,
  })),
];

/**
 * Creates the forms of `npm install` for a package. A clone packs it together with the packages that it needs. The two
 * commands run in different folders, so they are two blocks. `npm install` is therefore the only command of its block.
 */
function createInstallation(argument: string): Forms {
  const name = argument.replace('--save-dev ', '');
  const folder = `~/firstofficer-${name}`;
  const option = argument.slice(0, -name.length);
  return {
    npm: `npm install ${option}@firstofficer/${name}`,
    clone: `npx -y pnpm@12 --filter-prod "@firstofficer/${name}..." pack --pack-destination ${folder}
\`\`\`

Then run this command in your project, not in the clone:

\`\`\`sh
npm install ${option}${folder}/*.tgz`,
  };
}

/** Creates the forms of a CI step that runs the contract tests. CI clones this repository into a folder of the reader's. */
function createStep(step: string, url: string): Forms {
  const indent = ' '.repeat(step.indexOf('-'));
  return {
    npm: `${step}npx -y @firstofficer/contract `,
    clone: `${indent}# The packages are not on npm yet. Set the variable ${REPOSITORY} to the URL of their repository.
${step}git clone --depth 1 "${url}" firstofficer
${step}npx -y pnpm@12 --dir firstofficer install
${step}node --conditions=@firstofficer/source firstofficer/packages/contract/src/cli.ts `,
  };
}

/**
 * Returns a text with its commands in one form: with the packages from npm if they are published, otherwise with a clone
 * of the repository. The commands of the text may have either form.
 *
 * @example
 * formatCommands('npx -y @firstofficer/mock --port 4010', { published: false }); // npx -y pnpm@12 mock --port 4010
 */
export function formatCommands(text: string, { published = arePackagesPublished() } = {}): string {
  return FORMS.reduce(
    (result, { npm, clone }) => (published ? result.replaceAll(clone, npm) : result.replaceAll(npm, clone)),
    text,
  );
}
