import json
import os
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

CAUSES = {401: "The API key is missing or wrong.", 404: "No such customer."}


def describe(key, identifier):
    url = "https://api.firstofficer.io/v2/customers/" + quote(identifier, safe="")
    try:
        with urlopen(Request(url, headers={"Authorization": f'Token token="{key}"'}), timeout=30) as response:
            return f"MRR {json.load(response)['current_mrr']}"
    except HTTPError as error:
        if error.code not in CAUSES:
            raise  # the identifier is invalid (400), or the API has failed (5xx)
        return CAUSES[error.code]


print(describe(os.environ["FIRSTOFFICER_TOKEN"], "cus_0000ZZZZ"))
#=> No such customer.
print(describe("wrong-key", "cus_1234ABCD"))
#=> The API key is missing or wrong.
