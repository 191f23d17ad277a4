import { generateModules, stripComments } from '@firstofficer/client/generate';
import type { Descriptions } from '../gate/compare.ts';
import { diffTexts, findBlock, type TextDiff } from './text-diff.ts';

/** How the types of the client change. */
export interface TypeChanges {
  /** The lines of the declarations that differ, or undefined if only comments differ. */
  readonly diff: TextDiff | undefined;
  /** Whether the comments differ, which editors show. */
  readonly areCommentsChanged: boolean;
  /** Why the client cannot be generated from one of the descriptions. */
  readonly error?: string;
}

/** Compares the types that the client has with each description. Writes no file. */
export async function compareTypes({ base, revision }: Descriptions): Promise<TypeChanges> {
  const texts = await Promise.all([generateDeclarations(base), generateDeclarations(revision)]).catch(toMessage);
  if (typeof texts === 'string') return { diff: undefined, areCommentsChanged: false, error: texts };
  const [before, after] = texts;
  const diff = diffTexts(stripComments(before), stripComments(after), findBlock);
  return { diff, areCommentsChanged: !diff && before !== after };
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Generates the declarations of a description that users of the client see. */
async function generateDeclarations(spec: string): Promise<string> {
  const modules = await generateModules(spec, new URL('file:///'));
  const types = modules.find(({ file }) => file.pathname.endsWith('/openapi.ts'))?.text ?? '';
  // The values before the types are for the client itself, except the URL of the server.
  return [/^export const SERVER_URL.*\n/m.exec(types)?.[0], types.slice(types.indexOf('export interface paths'))].join(
    '',
  );
}
