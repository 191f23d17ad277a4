require 'erb'
require 'json'
require 'net/http'

def describe(key, identifier)
  uri = URI("https://api.firstofficer.io/v2/customers/#{ERB::Util.url_encode(identifier)}")
  response = Net::HTTP.get_response(uri, 'Authorization' => %(Token token="#{key}"))
  case response
  when Net::HTTPOK then "MRR #{JSON.parse(response.body)['current_mrr']}"
  when Net::HTTPNotFound then 'No such customer.'
  when Net::HTTPUnauthorized then 'The API key is missing or wrong.'
  else response.error! # raises: the identifier is invalid (400), or the API has failed (5xx)
  end
end

puts describe(ENV.fetch('FIRSTOFFICER_TOKEN'), 'cus_0000ZZZZ')
#=> No such customer.
puts describe('wrong-key', 'cus_1234ABCD')
#=> The API key is missing or wrong.
