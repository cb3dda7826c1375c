#!/usr/bin/env bash
# Whether the carrier in this container can answer. bash speaks TCP by itself: the image has no curl, and starting Node
# every two seconds would cost more than the carrier does.
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/$CMPASSPORT_PORT"
printf 'GET /_mock/health HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
read -r _ status _ <&3
[ "$status" = 200 ]
