import type { Answer } from './answer.ts';
import type { Prism, Respond } from './prism.ts';

/**
 * Has Prism make each response once and validate every request.
 *
 * What Prism makes of a faultless request is decided by the operation and the wish. Both come from the description, so
 * no client can make the number of answers grow. A request with a fault gets what Prism makes of that fault, and one
 * that is followed by callbacks has to be seen by Prism each time.
 */
export function keepAnswers({ isFaultless, respond }: Prism): Respond {
  const answers = new Map<string, Answer>();
  return async (operation, request, wish) => {
    const { status, example, validate = true } = wish;
    if (operation.callsBack || (validate && !(await isFaultless(operation, request)))) {
      return respond(operation, request, wish);
    }
    const key = JSON.stringify([operation.method, operation.path, status, example]);
    const kept = answers.get(key) ?? (await respond(operation, request, wish));
    answers.set(key, kept);
    return kept;
  };
}
