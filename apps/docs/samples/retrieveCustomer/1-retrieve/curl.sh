curl -sS --fail-with-body -u "$FIRSTOFFICER_TOKEN:" \
  https://api.firstofficer.io/v2/customers/cus_1234ABCD
#=> {
#=>   "object": "customer",
#=>   "id": 1340573,
#=>   "stripe_id": "cus_1234ABCD",
#=>   "extra_id": null,
#=>   "total_contract_value": 629100,
#=>   "current_mrr": 69900,
#=>   "current_subscription_count": 1,
#=>   "currency": "usd"
#=> }
