import type { Departure } from './check.ts';
import type { OperationExchange } from './operation-exchange.ts';
import type { RequestParts } from './operation-request.ts';
import type { Session } from './session.ts';
import { show } from './show.ts';
import { compare } from './stable.ts';

/** Two requests that ask for the same. */
interface Alike {
  readonly reference: RequestParts;
  readonly other: RequestParts;
  /** What the answer to the first is called, such as `the answer without that query`. */
  readonly wanted: string;
  readonly promise: Departure['promise'];
  /** Whether another answer will do, too. Default: none will. */
  readonly mayBe?: (answer: OperationExchange) => boolean;
}

/** Reports an answer that is another than the one to a request that asks for the same. */
export async function expectSameAnswer(session: Session, alike: Alike): Promise<void> {
  const { wanted, promise, mayBe = () => false } = alike;
  const { answer, reference, isSame } = await compare(session, alike.reference, alike.other);
  if (isSame || mayBe(answer)) return;
  session.report(answer, {
    expected: `${wanted}: ${reference.status} ${show(reference.text)}`,
    actual: `${answer.status} ${show(answer.text)}`,
    promise,
  });
}
