# Ruby's clients with their usual settings. Argument: an https address. Prints a line for each: its name and the body, or the error.
require 'net/http'
require 'open-uri'
require 'openssl'

CLIENTS = {
  'Net::HTTP' => ->(url) { Net::HTTP.get(url) },
  'Net::HTTP, p_addr=nil' => lambda { |url|
    http = Net::HTTP.new(url.host, url.port, nil)
    http.use_ssl = true
    http.get(url.request_uri).body
  },
  'Net::HTTP, VERIFY_NONE' => lambda { |url|
    options = { use_ssl: true, verify_mode: OpenSSL::SSL::VERIFY_NONE }
    Net::HTTP.start(url.host, url.port, options) { |http| http.get(url.request_uri).body }
  },
  'open-uri' => ->(url) { url.read }
}

CLIENTS.each do |name, client|
  found = begin
    client.call(URI(ARGV[0]))
  rescue StandardError => error
    error.inspect
  end
  puts "#{name}\t#{found.split.join(' ')}"
end
