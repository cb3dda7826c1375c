#!/usr/bin/env bash
# Whether the carrier in this container can answer. bash speaks TCP by itself: the image has no curl, and a second
# Node would take more processor time than the carrier does.
set -euo pipefail
# The control API says so, which may have a port of its own: on loopback, unless it was given an address.
if [ -n "${CMPASSPORT_CONTROL_PORT:-}" ]; then
  host=${CMPASSPORT_CONTROL_HOST:-127.0.0.1} port=$CMPASSPORT_CONTROL_PORT
else
  host=${CMPASSPORT_HOST:-127.0.0.1} port=$CMPASSPORT_PORT
fi
case $host in
  0.0.0.0) host=127.0.0.1 ;;
  ::) host=::1 ;;
esac
exec 3<>"/dev/tcp/$host/$port"
printf 'GET /_mock/health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
