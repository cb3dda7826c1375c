#!/usr/bin/env bash
# Succeeds if the mock in this container is healthy. Uses bash's own TCP: the image has no curl, and a second Node
# would need more processor time than the mock.
set -euo pipefail
# The control API has the health check. With its own port, it listens on loopback by default.
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
