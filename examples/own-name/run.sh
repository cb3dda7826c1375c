#!/usr/bin/env bash
# Runs the first exchange in every installed language against https://www.cmpassport.com, for programs in which that
# address is fixed. The proxy of a running mock receives the requests, and the programs verify its certificate.
# Only environment variables change. Start the mock with --proxy-port, then run:
#   CMPASSPORT_BASE=http://127.0.0.1:10086 CMPASSPORT_PROXY=http://127.0.0.1:10087 bash examples/own-name/run.sh
# Fails if a program does not get 103000 and 000, or if it gets them without trusting the CA.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
mock=${CMPASSPORT_BASE:-http://127.0.0.1:10086}
proxy=${CMPASSPORT_PROXY:-http://127.0.0.1:10087}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ca=$folder/ca.pem
curl -sSf --noproxy '*' "$mock/_mock/ca.pem" >"$ca"

export CMPASSPORT_BASE=https://www.cmpassport.com
# Go, Python, .NET and curl read both spellings. PHP's curl and older versions read only lower case.
export HTTPS_PROXY=$proxy https_proxy=$proxy NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
host_and_port=${proxy#http://}
java="-Dhttps.proxyHost=${host_and_port%:*} -Dhttps.proxyPort=${host_and_port##*:}"
export JAVA_TOOL_OPTIONS=$java
# With this option, fetch reads the variables: Node 22.21 and 24.5 or newer.
if node --use-env-proxy -e 0 2>/dev/null; then
  export NODE_USE_ENV_PROXY=1
else
  export NODE_OPTIONS="--import \"$here/through-proxy.mjs\""
fi
# PHP also reads .ini files from this folder.
mkdir "$folder/php"
echo "auto_prepend_file=$here/through_proxy.php" >"$folder/php/proxy.ini"
export PHP_INI_SCAN_DIR=:$folder/php
# Mono stores the user's trusted certificates below this folder.
export XDG_CONFIG_HOME=$folder/config
mkdir "$XDG_CONFIG_HOME"

echo '== without the CA: each program rejects the certificate'
bash ../first-exchange/run.sh >"$folder/refused" 2>&1 || true
tail -n 3 "$folder/refused"
grep -q '^ran: none$' "$folder/refused"

echo '== with the CA'
# If SSL_CERT_DIR is set, certificates in that folder are trusted too.
unset SSL_CERT_DIR
export CURL_CA_BUNDLE=$ca SSL_CERT_FILE=$ca NODE_EXTRA_CA_CERTS=$ca
echo "openssl.cafile=$ca" >"$folder/php/ca.ini"
if command -v java >/dev/null; then
  curl -sSf --noproxy '*' "$mock/_mock/truststore.p12" -o "$folder/ca.p12"
  java="$java -Djavax.net.ssl.trustStore=$folder/ca.p12 -Djavax.net.ssl.trustStorePassword=changeit"
  export JAVA_TOOL_OPTIONS=$java
fi
if command -v cert-sync >/dev/null; then cert-sync --quiet --user "$ca"; fi
bash ../first-exchange/run.sh
