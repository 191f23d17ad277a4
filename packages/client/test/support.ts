import { createServer, type RequestListener, type Server } from 'node:http';
import { listenInTest } from '@firstofficer/common/testing';
import { loadDescription } from '@firstofficer/openapi';
import { expect, onTestFinished } from 'vitest';
import { FirstOfficerError } from '../src/index.ts';

/** The operations of FirstOfficer's description. */
export const { operations } = await loadDescription(new URL(import.meta.resolve('@firstofficer/spec/openapi.yaml')));

/** Starts a server on loopback and closes it when the test is finished. Returns its URL. */
export async function startServer(listener: RequestListener, server: Server = createServer()): Promise<string> {
  const { url } = await listenInTest({ onTestFinished }, server.on('request', listener));
  return url;
}

/** Returns the error that a call rejects with. */
export async function catchError(call: Promise<unknown>): Promise<FirstOfficerError> {
  const error = await call.then(
    () => expect.unreachable('the call should have failed'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FirstOfficerError);
  return error as FirstOfficerError;
}
