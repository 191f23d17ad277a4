import { formatCommands } from '@firstofficer/testing/commands';
import { requireProgram } from '@firstofficer/testing/require-program';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Fence, type Guide, readGuides } from '../src/content/guides.ts';
import { SOURCES } from '../src/content/read-content.ts';
import { LANGUAGES, PACKAGES, readManifest, type Session, startSession } from '../test/content/session.ts';
import { expectOutput, readExpectedOutput } from '../test/expected-output.ts';
import { startLiveApi } from '../test/live-api.ts';

const INSTALL = /^npm install (.*)\n?/gm;
// It prints the output of the build.
const PACK = /--pack-destination \S+/g;

const sources = await readGuides(SOURCES.guides);
// The commands of the guides have another form after the release. Both forms must work.
const guides = sources.flatMap((guide) => {
  const forms = [true, false].map((published) => ({
    ...guide,
    fences: formatFences(guide.fences, published),
    published,
  }));
  const [first, second] = forms.map(({ fences }) => JSON.stringify(fences));
  return first === second ? forms.slice(0, 1) : forms;
});

const live = await startLiveApi();
afterAll(() => live[Symbol.asyncDispose]());

function formatFences(fences: readonly Fence[], published: boolean): Fence[] {
  return fences.map((fence) => ({ ...fence, source: formatCommands(fence.source, { published }) }));
}

/** Returns the fence directly after another, if it is that fence's expected output. */
function findOutputFence({ fences }: Guide, fence: Fence): Fence | undefined {
  const next = fences[fences.indexOf(fence) + 1];
  const isOutput = next && ['text', 'json'].includes(next.lang) && next.firstLine - fence.lastLine <= 2;
  return isOutput && fence.lang in LANGUAGES ? next : undefined;
}

/** Returns the expected output of a fence, from the next fence or from its own comments. */
function findExpectedOutput(guide: Guide, fence: Fence): string {
  const output = findOutputFence(guide, fence);
  return output ? `${output.source}\n` : readExpectedOutput(fence.source);
}

/** Returns the fences to test. A test of the API runs those with the option `stripe`, with a stand-in for Stripe. */
function listFences(guide: Guide): Fence[] {
  const outputs = guide.fences.map((fence) => findOutputFence(guide, fence));
  return guide.fences.filter((fence) => !outputs.includes(fence) && !('stripe' in fence.options));
}

describe.for(guides.filter((guide) => listFences(guide).length > 0))('$file, published: $published', (guide) => {
  let session: Session;
  beforeAll(async () => {
    session = await startSession(live.env);
  });
  afterAll(() => session[Symbol.asyncDispose]());

  for (const fence of listFences(guide)) {
    const name = `line ${fence.firstLine}, ${fence.lang}`;
    if (fence.lang === 'yaml') {
      test(name, () => expect(parse(fence.source)).toBeTypeOf('object'));
    } else if (fence.options.save !== undefined) {
      test(name, () => session.save(fence));
    } else if ('background' in fence.options) {
      test(name, async () => {
        const source = findExpectedOutput(guide, fence);
        expect(source).not.toBe('');
        expect(await session.runInBackground(fence, source)).toBe(source);
      });
    } else {
      test(name, async (context) => {
        await requireProgram(context, LANGUAGES[fence.lang]?.program ?? `what runs ${fence.lang}`);
        if (/\bcurl\b/.test(fence.source)) await requireProgram(context, 'curl');
        // The packages are already in the project, so only check that they can be installed.
        for (const [, names = ''] of fence.source.matchAll(INSTALL)) await expectInstallable(names);
        const { code, stdout, stderr } = await session.run(
          { ...fence, source: fence.source.replaceAll(INSTALL, '').replaceAll(PACK, '$& >/dev/null') },
          context.signal,
        );

        expectOutput(findExpectedOutput(guide, fence), stdout);
        // Without a terminal, curl and the contract tests write their progress to stderr.
        if (fence.lang !== 'sh') expect(stderr).toBe('');
        expect(code, stderr).toBe(0);
      });
    }
  }
});

async function expectInstallable(names: string): Promise<void> {
  for (const name of names.split(' ').filter((word) => word.startsWith('@'))) {
    expect(PACKAGES).toContain(name);
    expect((await readManifest(name)).private ?? false).toBe(false);
  }
}
