/**
 * An object lacks a member that the figures need, or the member has a wrong type.
 *
 * @example
 * try {
 *   readObject({ object: 'charge', id: 'ch_1' });
 * } catch (error) {
 *   if (error instanceof MissingMemberError) console.log(error.object, error.id, error.member); // charge ch_1 amount
 * }
 */
export class MissingMemberError extends Error {
  override readonly name = 'MissingMemberError';
  /** The type of the object, such as `invoice`. */
  readonly object: string;
  /** The ID of the object; undefined if the object has none. */
  readonly id: string | undefined;
  /** The path of the member, such as `lines.data[0].period.end`. */
  readonly member: string;

  constructor(place: { object: string; id: string | undefined; member: string }, problem = 'is missing') {
    super(
      `${place.object} ${place.id ?? 'without ID'}: ${place.member} ${problem}. ` +
        `Pass the ${place.object} as Stripe's API returns it.`,
    );
    this.object = place.object;
    this.id = place.id;
    this.member = place.member;
  }
}

/**
 * A value is not a Stripe object of a type that the figures can use.
 *
 * @example
 * try {
 *   readObject({ object: 'payout', id: 'po_1' });
 * } catch (error) {
 *   console.log(error instanceof UnknownObjectError); // true
 * }
 */
export class UnknownObjectError extends Error {
  override readonly name = 'UnknownObjectError';
}
