require 'erb'
require 'json'
require 'net/http'

def retrieve_customer(identifier)
  uri = URI("https://api.firstofficer.io/v2/customers/#{ERB::Util.url_encode(identifier)}")
  response = Net::HTTP.get_response(uri, 'Authorization' => %(Token token="#{ENV.fetch('FIRSTOFFICER_TOKEN')}"))
  response.value # raises unless the status is 2xx
  JSON.parse(response.body, symbolize_names: true)
end

customer = retrieve_customer('cus_1234ABCD')
puts "#{customer[:stripe_id]}: MRR #{customer[:current_mrr]} in the smallest unit of #{customer[:currency]}"
#=> cus_1234ABCD: MRR 69900 in the smallest unit of usd
