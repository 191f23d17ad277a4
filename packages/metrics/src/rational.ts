/**
 * A decimal number as Stripe sends it: an integer, or text.
 *
 * @example
 * const unitAmount: Decimal = '12.5';
 */
export type Decimal = number | string;

/**
 * An exact fraction, always reduced, with a positive denominator.
 *
 * @example
 * Rational.of(100, 3).plus(Rational.parse('0.5')).toString(); // '203/6'
 */
export class Rational {
  /** 0. */
  static readonly ZERO = new Rational(0n, 1n);
  /** 1. */
  static readonly ONE = new Rational(1n, 1n);

  /** The numerator. */
  readonly n: bigint;
  /** The denominator. */
  readonly d: bigint;

  private constructor(n: bigint, d: bigint) {
    this.n = n;
    this.d = d;
  }

  /**
   * Returns the fraction of two integers. Throws a RangeError if a number is not a safe integer, or the denominator is 0.
   *
   * @example
   * Rational.of(2, 4).toString(); // '1/2'
   */
  static of(numerator: number | bigint, denominator: number | bigint = 1n): Rational {
    const n = toBigInt(numerator);
    const d = toBigInt(denominator);
    if (d === 0n) throw new RangeError('Division by zero.');
    const divisor = findGreatestDivisor(n, d) * (d < 0n ? -1n : 1n);
    return new Rational(n / divisor, d / divisor);
  }

  /**
   * Returns the exact value of a decimal number. Throws a RangeError if the text is not a decimal number.
   *
   * @example
   * Rational.parse('0.125').toString(); // '1/8'
   */
  static parse(decimal: Decimal): Rational {
    const match = DECIMAL.exec(String(decimal));
    if (match === null) throw new RangeError(`"${decimal}" is not a decimal number.`);
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
    const shift = fraction.length - Number.parseInt(exponent, 10);
    const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
    return shift >= 0 ? Rational.of(digits, 10n ** BigInt(shift)) : Rational.of(digits * 10n ** BigInt(-shift));
  }

  /**
   * The sign of the value.
   *
   * @example
   * Rational.of(-1, 3).sign; // -1
   */
  get sign(): -1 | 0 | 1 {
    return this.n === 0n ? 0 : this.n < 0n ? -1 : 1;
  }

  /**
   * Returns the sum.
   *
   * @example
   * Rational.of(1, 2).plus(Rational.of(1, 3)).toString(); // '5/6'
   */
  plus(other: Rational): Rational {
    return Rational.of(this.n * other.d + other.n * this.d, this.d * other.d);
  }

  /**
   * Returns the difference.
   *
   * @example
   * Rational.of(1, 2).minus(Rational.of(1, 3)).toString(); // '1/6'
   */
  minus(other: Rational): Rational {
    return Rational.of(this.n * other.d - other.n * this.d, this.d * other.d);
  }

  /**
   * Returns the product.
   *
   * @example
   * Rational.of(1, 2).times(Rational.of(1, 3)).toString(); // '1/6'
   */
  times(other: Rational): Rational {
    return Rational.of(this.n * other.n, this.d * other.d);
  }

  /**
   * Returns the quotient. Throws a RangeError if the other value is 0.
   *
   * @example
   * Rational.of(1, 2).dividedBy(Rational.of(1, 3)).toString(); // '3/2'
   */
  dividedBy(other: Rational): Rational {
    return Rational.of(this.n * other.d, this.d * other.n);
  }

  /**
   * Returns the value without its sign.
   *
   * @example
   * Rational.of(-1, 2).abs().toString(); // '1/2'
   */
  abs(): Rational {
    return this.n < 0n ? new Rational(-this.n, this.d) : this;
  }

  /**
   * Returns a negative number, 0 or a positive number if this value is less than, equal to or greater than the other.
   *
   * @example
   * Rational.of(1, 3).compare(Rational.of(1, 2)) < 0; // true
   */
  compare(other: Rational): number {
    return this.minus(other).sign;
  }

  /**
   * Rounds to an integer, half away from zero.
   *
   * @example
   * Rational.of(-5, 2).round(); // -3n
   */
  round(): bigint {
    const magnitude = ((this.n < 0n ? -this.n : this.n) * 2n + this.d) / (this.d * 2n);
    return this.n < 0n ? -magnitude : magnitude;
  }

  /**
   * Returns the integer, or the fraction as `numerator/denominator`.
   *
   * @example
   * Rational.of(1, 3).toString(); // '1/3'
   */
  toString(): string {
    return this.d === 1n ? String(this.n) : `${this.n}/${this.d}`;
  }
}

/** The number of digits is limited, because the time of an exact computation grows with its square. */
const DECIMAL = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Returns whether a text is a decimal number that `Rational.parse` can parse.
 */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

function toBigInt(value: number | bigint): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError(`${value} is not a safe integer.`);
  }
  return BigInt(value);
}

function findGreatestDivisor(first: bigint, second: bigint): bigint {
  let a = first < 0n ? -first : first;
  let b = second < 0n ? -second : second;
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
