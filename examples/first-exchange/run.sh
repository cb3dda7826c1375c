#!/usr/bin/env bash
# Runs the first exchange in every installed language against a mock:
#   node dist/main.js exec -- bash examples/first-exchange/run.sh
# Fails if a program fails or does not print 103000 and 000. Does not start a mock.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export CMPASSPORT_BASE=${CMPASSPORT_BASE:-http://127.0.0.1:10086}

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ran=
skipped=
failed=

installed() {
  case $1 in
    java) command -v java >/dev/null && command -v javac >/dev/null ;;
    # Some systems have System.Net.Http in a package of its own.
    mono) echo 'class P { static void Main() {} }' >"$folder/P.cs" &&
      mcs -r:System.Net.Http "$folder/P.cs" >/dev/null 2>&1 && command -v mono >/dev/null ;;
    curl) command -v curl >/dev/null && command -v openssl >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

# Finds a result code at the start of a line, or in a response in JSON.
prints() {
  grep -Eq "(^|\"resultCode\":\")$1(\"| )" <<<"$output"
}

first_exchange() { # the name, then the command
  local name=$1 output
  shift
  if ! installed "$name"; then
    skipped="$skipped $name"
    return
  fi
  printf '%s: %s\n' "$name" "$*"
  if output=$("$@" 2>&1) && prints 103000 && prints 000; then
    ran="$ran $name"
  else
    failed="$failed $name"
  fi
  sed 's/^/  /' <<<"$output"
}

java_program() {
  javac -encoding UTF-8 -d "$folder" FirstExchange.java && java -cp "$folder" FirstExchange
}

csharp() {
  mcs -r:System.Net.Http -out:"$folder/FirstExchange.exe" FirstExchange.cs || return
  # Mono sometimes aborts in its own code after Main has returned (134), so the output alone decides.
  mono "$folder/FirstExchange.exe" || [ $? = 134 ]
}

first_exchange curl bash first-exchange.sh
first_exchange java java_program
first_exchange go go run main.go
first_exchange php php first_exchange.php
first_exchange python3 python3 first_exchange.py
first_exchange node node first-exchange.mjs
first_exchange mono csharp

printf '\nran:%s\nskipped, not installed:%s\nfailed:%s\n' "${ran:- none}" "${skipped:- none}" "${failed:- none}"
[ -z "$failed" ] && [ -n "$ran" ]
