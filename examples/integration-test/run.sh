#!/usr/bin/env bash
# Runs the integration test in every installed language against a mock:
#   node dist/main.js exec -- bash examples/integration-test/run.sh
# Fails if a program fails or does not report that all nine tests passed. Does not start a mock.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export CMPASSPORT_BASE=${CMPASSPORT_BASE:-http://127.0.0.1:10086}
# Go downloads no other version of itself, and Python writes no cache files here.
export GOTOOLCHAIN=local PYTHONDONTWRITEBYTECODE=1

classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
ran=
skipped=
failed=

installed() {
  case $1 in
    java) java -version && javac -version ;;
    go) go version ;;
    php) php -r 'exit(PHP_VERSION_ID < 80100 ? 1 : 0);' ;;
    python3) python3 -c 'import sys; sys.exit(sys.version_info < (3, 8))' ;;
    node) node -e 'process.exit(Number.parseInt(process.versions.node) < 20 ? 1 : 0)' ;;
  esac >/dev/null 2>&1
}

# Arguments: name, requirement, folder, the pattern of a line of success, the expected number of these lines, command.
integration_test() {
  local name=$1 needs=$2 folder=$3 line=$4 times=$5 output
  shift 5
  if ! installed "$name"; then
    printf '%s: skipped, %s is not installed\n' "$name" "$needs"
    skipped="$skipped $name"
    return
  fi
  printf '%s: %s\n' "$name" "$*"
  if output=$(cd "$folder" && "$@" 2>&1) && [ "$(grep -Ec "$line" <<<"$output")" = "$times" ]; then
    ran="$ran $name"
  else
    failed="$failed $name"
  fi
  # Omits the lines that announce each Go test.
  sed '/^=== /d; s/^/  /' <<<"$output"
}

java_program() {
  javac -encoding UTF-8 -d "$classes" IntegrationTest.java && java -cp "$classes" IntegrationTest
}

integration_test java 'JDK 8 or newer' java '^9 of 9 tests passed$' 1 java_program
integration_test go 'Go 1.21 or newer' go '^--- PASS' 9 go test -v -count=1 .
integration_test php 'PHP 8.1 or newer' php '^9 of 9 tests passed$' 1 php integration_test.php
integration_test python3 'Python 3.8 or newer' python '^Ran 9 tests ' 1 python3 -m unittest -v test_integration
integration_test node 'Node 20 or newer' node 'pass 9\b' 1 node --test --test-reporter=spec integration.test.mjs

printf '\nran:%s\nskipped, not installed:%s\nfailed:%s\n' "${ran:- none}" "${skipped:- none}" "${failed:- none}"
[ -z "$failed" ] && [ -n "$ran" ]
