import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findConfigProblems, findFormProblems } from '../src/forms.ts';
import { findOwnerProblems, parseOwners } from '../src/owners.ts';
import { ROOT } from '../src/workspaces.ts';

const read = (file: string) => readFileSync(join(ROOT, '.github', file), 'utf8');
const FORMS = globSync('ISSUE_TEMPLATE/*.yml', { cwd: join(ROOT, '.github') }).filter(
  (file) => !file.endsWith('config.yml'),
);

test.for(FORMS)('GitHub accepts %s', (file) => {
  expect(findFormProblems(read(file))).toEqual([]);
});

test('each part has a form, and so have proposals to change the description', () => {
  const labels = FORMS.map((file) => /labels: \[(?:bug, )?(\w+)\]/.exec(read(file))?.[1]);
  expect(labels.sort()).toEqual(['client', 'contract', 'description', 'docs', 'mock', 'server']);
});

test('a bug in the contract tests needs the output of the run', () => {
  expect(read('ISSUE_TEMPLATE/3-contract.yml')).toMatch(/label: Output of the run\n[^-]*required: true/);
});

test('GitHub accepts the configuration of the forms, which links to the docs and to the policy for vulnerabilities', () => {
  const text = read('ISSUE_TEMPLATE/config.yml');
  expect(findConfigProblems(text)).toEqual([]);
  expect(text).toMatch(/security\/policy[\s\S]*readme/);
});

const FORM = `name: Bug
description: Something is wrong.
body:
  - type: input
    id: version
    attributes:
      label: Version
    validations:
      required: true
  - type: dropdown
    id: part
    attributes:
      label: Part
      options:
        - Client
        - Server
`;

test('accepts a form', () => {
  expect(findFormProblems(FORM)).toEqual([]);
});

test.for([
  ['name is missing', FORM.replace('name: Bug', '')],
  ['description is missing', FORM.replace('Something is wrong.', '')],
  ['no field', 'name: a\ndescription: b\nbody: []'],
  ['no field', 'name: a\ndescription: b\nbody:\n  - type: markdown\n    attributes:\n      value: c'],
  ['about is unknown', `${FORM}about: x`],
  ['type is missing', FORM.replace('type: input', 'kind: input')],
  ['The type text does not exist', FORM.replace('type: input', 'type: text')],
  ['attributes is missing', FORM.replace(/\n {4}attributes:\n {6}label: Version/, '')],
  ['label is missing', FORM.replace('label: Version', 'label: ""')],
  ['placeholder is no text', FORM.replace('label: Version', 'label: Version\n      placeholder: 1.0')],
  ['render is unknown', FORM.replace('label: Version', 'label: Version\n      render: sh')],
  ['letters, digits', FORM.replace('id: version', 'id: the version')],
  ['The id version occurs twice', FORM.replace('id: part', 'id: version')],
  ['The label "Version" occurs twice', FORM.replace('label: Part', 'label: Version')],
  ['required must be', FORM.replace('required: true', 'required: "yes"')],
  ['options is missing', FORM.replace(/ {6}options:[\s\S]*/, '')],
  ['The option true is no text', FORM.replace('- Client', '- true')],
  ['The option None is reserved', FORM.replace('- Client', '- None')],
  ['The option "Server" occurs twice', FORM.replace('- Client', '- Server')],
] as const)('finds: %s', ([problem, text]) => {
  expect(findFormProblems(text)).toEqual([expect.stringContaining(problem)]);
});

test.for([
  ['blank_issues_enabled', 'blank_issues_enabled: maybe'],
  ['url is missing', 'blank_issues_enabled: false\ncontact_links:\n  - name: a\n    about: b'],
  [
    'no absolute URL',
    'blank_issues_enabled: false\ncontact_links:\n  - name: a\n    about: b\n    url: ../SECURITY.md',
  ],
  ['links is unknown', 'blank_issues_enabled: false\nlinks: []'],
] as const)('finds in the configuration: %s', ([problem, text]) => {
  expect(findConfigProblems(text)).toEqual([expect.stringContaining(problem)]);
});

test('the pull-request template asks for the users, the verdict, the failing test and the changeset', () => {
  const template = read('pull_request_template.md');
  const headings = [...template.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual([
    'What changes, and for whom',
    'Verdict of `spec:diff`',
    'Which test failed before',
    'Check before you ask for a review',
  ]);
  expect(template).toContain('npx -y pnpm@12 changeset');
});

const exists = (pattern: string) => {
  // A folder stands for all files below it.
  const glob = pattern.replace(/^\//, '').replace(/\/$/, '/**/*');
  return globSync(glob, { cwd: ROOT, exclude: (path) => /node_modules/.test(`${path}`) }).length > 0;
};

test('every file has an owner, and CODEOWNERS names only files that exist', () => {
  expect(findOwnerProblems(parseOwners(read('CODEOWNERS')), exists)).toEqual([]);
});

test.for([
  ['must be for *', '/spec/ @firstofficer/api'],
  ['has no owner', '* @firstofficer/api\n/spec/'],
  ['is no team', '* @jane'],
  ['is no team', '* jane@example.com'],
  ['No file matches /gone/', '* @firstofficer/api\n/gone/ @firstofficer/api # moved'],
] as const)('finds in CODEOWNERS: %s', ([problem, text]) => {
  expect(findOwnerProblems(parseOwners(text), exists)).toEqual([expect.stringContaining(problem)]);
});
