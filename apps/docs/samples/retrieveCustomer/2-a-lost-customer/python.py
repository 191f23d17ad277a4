import json
import os
from urllib.request import Request, urlopen

url = "https://api.firstofficer.io/v2/customers/cus_5678EFGH"
authorization = f'Token token="{os.environ["FIRSTOFFICER_TOKEN"]}"'
with urlopen(Request(url, headers={"Authorization": authorization}), timeout=30) as response:
    customer = json.load(response)

if customer["current_subscription_count"] == 0:
    print(f"Lost customer with a lifetime value of {customer['total_contract_value']} ({customer['currency']}).")
    #=> Lost customer with a lifetime value of 178800 (usd).
else:
    print(f"Customer with {customer['current_subscription_count']} subscriptions.")
