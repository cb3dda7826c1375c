#!/usr/bin/env bash
# Runs the first exchange in every installed language against https://www.cmpassport.com, for programs in which that
# address is fixed. The proxy of a mock receives the requests, and the programs verify its certificate. Run:
#   node dist/main.js exec --proxy -- bash examples/own-name/run.sh
# Fails if a program does not get 103000 and 000.
set -euo pipefail
cd "$(dirname "$0")"
here=$PWD
: "${CMPASSPORT_CA_FILE:?is not set: run this with \`exec --proxy\`}"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export CMPASSPORT_BASE=https://www.cmpassport.com
# With this option, fetch reads the variables: Node 22.21 and 24.5 or newer.
if ! node --use-env-proxy -e 0 2>/dev/null; then export NODE_OPTIONS="${NODE_OPTIONS:-} --import \"$here/through-proxy.mjs\""; fi
# PHP also reads .ini files from this folder.
echo "auto_prepend_file=$here/through_proxy.php" >"$folder/proxy.ini"
export PHP_INI_SCAN_DIR=${PHP_INI_SCAN_DIR:-}:$folder
# Mono stores the user's trusted certificates below this folder.
export XDG_CONFIG_HOME=$folder/config
mkdir "$XDG_CONFIG_HOME"
if command -v cert-sync >/dev/null; then cert-sync --quiet --user "$CMPASSPORT_CA_FILE"; fi
bash ../first-exchange/run.sh
