# A current_subscription_count of 0 means that the customer is lost.
curl -sS --fail-with-body -u "$FIRSTOFFICER_TOKEN:" \
  https://api.firstofficer.io/v2/customers/cus_5678EFGH
#=> {
#=>   "object": "customer",
#=>   "id": 1338204,
#=>   "stripe_id": "cus_5678EFGH",
#=>   "extra_id": null,
#=>   "total_contract_value": 178800,
#=>   "current_mrr": 0,
#=>   "current_subscription_count": 0,
#=>   "currency": "usd"
#=> }
