import { expectNoAlarms } from '../selftest/expect-no-alarms.ts';
import { KNOWN_CUSTOMERS } from '../selftest/index.ts';

// All of them for each server would take minutes; in turns, each customer is known to some.
const AT_A_TIME = 5;

expectNoAlarms('no alarm about legitimate servers, known by the examples', () => []);
expectNoAlarms('no alarm about legitimate servers, known by their customers', (number) =>
  number === 0
    ? KNOWN_CUSTOMERS
    : Array.from(
        { length: AT_A_TIME },
        (_, index) => KNOWN_CUSTOMERS[(number * AT_A_TIME + index) % KNOWN_CUSTOMERS.length],
      ).filter((customer) => customer !== undefined),
);
