import { expect, test } from 'vitest';
import { startOnFreePort } from '../src/first-free.ts';

const TAKEN = 4010;

async function listen(port: number): Promise<number> {
  if (port === TAKEN) throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port });
  return port;
}

test('the usual port is used if it is free', async () => {
  expect(await startOnFreePort(listen, { asked: undefined, usual: 8080 })).toEqual({ service: 8080 });
});

test('a free port is used if the usual one is taken, and that is said', async () => {
  expect(await startOnFreePort(listen, { asked: undefined, usual: TAKEN })).toEqual({ service: 0, taken: TAKEN });
});

test('a port that was asked for is used or refused', async () => {
  expect(await startOnFreePort(listen, { asked: 9000, usual: TAKEN })).toEqual({ service: 9000 });
  await expect(startOnFreePort(listen, { asked: TAKEN, usual: 8080 })).rejects.toThrow('EADDRINUSE');
});

test('any other failure is passed on', async () => {
  const refuse = async () => Promise.reject(new Error('no permission'));

  await expect(startOnFreePort(refuse, { asked: undefined, usual: 80 })).rejects.toThrow('no permission');
});
