# Prints the body and the status, which identifies the cause. $1 is the key, $2 is the percent-encoded identifier.
retrieve_customer() {
  curl --silent --show-error --write-out '\n%{http_code}\n' --user "$1:" \
    "https://api.firstofficer.io/v2/customers/$2"
}

retrieve_customer "$FIRSTOFFICER_TOKEN" cus_0000ZZZZ
#=> {"error":{"type":"invalid_request_error","message":"No such customer.","param":"customer"}}
#=> 404
retrieve_customer wrong-key cus_1234ABCD
#=> {"error":{"type":"invalid_request_error","message":"Invalid API Key provided."}}
#=> 401
retrieve_customer "$FIRSTOFFICER_TOKEN" ''
#=> {"error":{"type":"invalid_request_error","message":"The customer identifier must be 1 to 1,024 characters, percent-encoded as UTF-8.","param":"customer"}}
#=> 400
