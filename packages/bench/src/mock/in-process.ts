import { performTasks } from '../child.ts';

/** Times in milliseconds, by what was measured. */
export type InProcess = Readonly<Record<'import' | 'first startMock and close' | 'later startMock and close', number>>;

const LATER_STARTS = 5;

performTasks<object, InProcess>(async () => {
  const begin = performance.now();
  const { startMock } = await import('@firstofficer/mock');
  const imported = performance.now();
  const startAndClose = async () => {
    await using _ = await startMock();
  };
  await startAndClose();
  const first = performance.now();
  for (let start = 0; start < LATER_STARTS; start += 1) await startAndClose();
  const end = performance.now();
  return {
    import: imported - begin,
    'first startMock and close': first - imported,
    'later startMock and close': (end - first) / LATER_STARTS,
  };
});
