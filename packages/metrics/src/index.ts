/**
 * The figures of a customer in one currency, in the smallest unit of that currency as Stripe has it.
 */
export interface Figures {
  readonly current_mrr: number;
  readonly current_subscription_count: number;
  readonly total_contract_value: number;
}
