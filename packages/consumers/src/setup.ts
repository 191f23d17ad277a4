import type { TestProject } from 'vitest/node';
import { createConsumer } from './consumer.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder in which the packed client is installed. */
    consumer: string;
  }
}

/** Packs and installs the client once for all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const consumer = await createConsumer();
  project.provide('consumer', consumer.folder);
  return async () => consumer[Symbol.asyncDispose]();
}
