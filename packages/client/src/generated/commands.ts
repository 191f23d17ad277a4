// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.

/** The commands of the operations, by tag. */
export const GROUPS = [
  {
    "name": "customers",
    "description": "A customer corresponds to one Stripe customer. The metrics are based on bookkeeping records, so they may differ from the current status of the customer's subscriptions in Stripe.",
    "commands": [
      {
        "name": "retrieve",
        "method": "GET",
        "path": "/v2/customers/{customer}",
        "summary": "Retrieve a customer",
        "description": "Returns the current snapshot of one customer's metrics.",
        "example": "cus_1234ABCD",
        "arguments": [
          {
            "name": "customer",
            "description": "Identifies the customer by Stripe ID, FirstOfficer ID, extra ID (taken from Stripe metadata) or email address."
          }
        ],
        "options": [],
        "object": "customer",
        "columns": [
          {
            "name": "id",
            "label": "ID"
          },
          {
            "name": "stripe_id",
            "label": "Stripe ID"
          },
          {
            "name": "extra_id",
            "label": "Extra ID"
          },
          {
            "name": "total_contract_value",
            "label": "Total contract value",
            "currency": "currency"
          },
          {
            "name": "current_mrr",
            "label": "Current MRR",
            "currency": "currency"
          },
          {
            "name": "current_subscription_count",
            "label": "Current subscription count"
          },
          {
            "name": "currency",
            "label": "Currency"
          }
        ]
      }
    ]
  }
] as const;
