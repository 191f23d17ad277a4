import type { Violation } from './check.ts';
import type { OperationExchange } from './operation-exchange.ts';
import type { RequestParts } from './operation-request.ts';
import type { Session } from './session.ts';
import { preview } from './show.ts';
import { compare } from './stable.ts';

/** Two requests that ask for the same. */
interface Comparison {
  readonly reference: RequestParts;
  readonly other: RequestParts;
  /** What the answer to the first is called, such as `the answer without that query`. */
  readonly wanted: string;
  readonly specRef: Violation['specRef'];
  /** Whether another answer will do, too. Default: none will. */
  readonly isAlsoAllowed?: (answer: OperationExchange) => boolean;
}

/** Reports an answer that is another than the one to a request that asks for the same. */
export async function expectSameAnswer(session: Session, alike: Comparison): Promise<void> {
  const { wanted, specRef, isAlsoAllowed = () => false } = alike;
  const { answer, reference, isSame } = await compare(session, alike.reference, alike.other);
  if (isSame || isAlsoAllowed(answer)) return;
  session.report(answer, {
    expected: `${wanted}: ${reference.status} ${preview(reference.text)}`,
    actual: `${answer.status} ${preview(answer.text)}`,
    specRef,
  });
}
