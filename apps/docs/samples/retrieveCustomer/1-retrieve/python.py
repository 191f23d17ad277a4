import json
import os
from urllib.parse import quote
from urllib.request import Request, urlopen


def retrieve_customer(identifier):
    url = "https://api.firstofficer.io/v2/customers/" + quote(identifier, safe="")
    authorization = f'Token token="{os.environ["FIRSTOFFICER_TOKEN"]}"'
    with urlopen(Request(url, headers={"Authorization": authorization}), timeout=30) as response:
        return json.load(response)


customer = retrieve_customer("cus_1234ABCD")
print(f"{customer['stripe_id']}: MRR {customer['current_mrr']} in the smallest unit of {customer['currency']}")
#=> cus_1234ABCD: MRR 69900 in the smallest unit of usd
