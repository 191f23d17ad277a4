require 'json'
require 'net/http'

uri = URI('https://api.firstofficer.io/v2/customers/cus_5678EFGH')
response = Net::HTTP.get_response(uri, 'Authorization' => %(Token token="#{ENV.fetch('FIRSTOFFICER_TOKEN')}"))
response.value # raises unless the status is 2xx
customer = JSON.parse(response.body, symbolize_names: true)

if customer[:current_subscription_count].zero?
  puts "Lost customer with a lifetime value of #{customer[:total_contract_value]} (#{customer[:currency]})."
  #=> Lost customer with a lifetime value of 178800 (usd).
else
  puts "Customer with #{customer[:current_subscription_count]} subscriptions."
end
