#!/usr/bin/env bash
# Login with MD5, then verify with HMAC; with CMPASSPORT_OPERATION=h5TokenValidate the login of a page with RSA.
# Needs only curl and openssl. Runs on Linux and macOS.
set -euo pipefail

BASE=${CMPASSPORT_BASE:-http://127.0.0.1:10086}
APP_ID=${CMPASSPORT_APP_ID:-300000000001}
APP_KEY=${CMPASSPORT_APP_KEY:-5A1E0C9B7D3F4826B1907E6C42D8AF35}
APP_SECRET=${CMPASSPORT_APP_SECRET:-C7B2094E1F6D4A58803A95E7D2146BFC}
# Optional: only this operation, this token instead of a new one, and the code to force.
OPERATION=${CMPASSPORT_OPERATION:-}
# Without a value, curl does not send the header.
FORCED="X-Mock-Result-Code:${CMPASSPORT_RESULT_CODE:-}"
# For h5TokenValidate: the private key of 应用公钥1 (PKCS#8 in Base64), and the userInformation of a given token.
SIGN_KEY=${CMPASSPORT_APP_SIGN_KEY:-}
PHONE=13800138000

upper_hex() { awk '{ print toupper($NF) }'; }
mint() { # takes the capability, prints a token like the one that the SDK in the phone gets
  if [ -n "${CMPASSPORT_TOKEN:-}" ]; then
    printf '%s\n' "$CMPASSPORT_TOKEN"
    return
  fi
  curl -sSf "$BASE/_mock/apps/$APP_ID/tokens" -d "{\"phoneNumber\":\"$PHONE\",\"capability\":\"$1\"}" |
    sed -n 's/.*"token":"\([^"]*\)".*/\1/p'
}

login() { # exchanges the token for the phone number
  TOKEN=$(mint loginTokenValidate)
  MSGID=$(openssl rand -hex 16)
  TIME=$(TZ=Asia/Shanghai date +%Y%m%d%H%M%S000)
  SIGN=$(printf %s "${APP_ID}2.0${MSGID}${TIME}0${TOKEN}${APP_SECRET}" | openssl dgst -md5 | upper_hex)
  curl -sS "$BASE/unisdk/rsapi/loginTokenValidate" -H 'Content-Type: application/json' -H "$FORCED" -d @- <<JSON
{"version":"2.0","msgid":"$MSGID","systemtime":"$TIME","strictcheck":"0",
 "appid":"$APP_ID","token":"$TOKEN","sign":"$SIGN"}
JSON
  echo
}

verify() { # checks the number against the token
  TOKEN=$(mint tokenValidate)
  MSGID=$(openssl rand -hex 16)
  TIME=$(TZ=Asia/Shanghai date +%Y%m%d%H%M%S000)
  PHONE_NUM=$(printf %s "${PHONE}${APP_KEY}${TIME}" | openssl dgst -sha256 | upper_hex)
  SIGN=$(printf %s "${APP_ID}${MSGID}${PHONE_NUM}${TIME}${TOKEN}1.0" |
    openssl dgst -sha256 -hmac "$APP_KEY" | upper_hex)
  curl -sS "$BASE/openapi/rs/tokenValidate" -H 'Content-Type: application/json' -H "$FORCED" -d @- <<JSON
{"header":{"version":"1.0","msgId":"$MSGID","timestamp":"$TIME","appId":"$APP_ID"},
 "body":{"openType":"1","requesterType":"0","keyType":"0",
         "phoneNum":"$PHONE_NUM","token":"$TOKEN","sign":"$SIGN"}}
JSON
  echo
}

h5() { # exchanges the token of a page for the phone number
  if [ -n "${CMPASSPORT_TOKEN:-}" ]; then
    TOKEN=$CMPASSPORT_TOKEN
    INFORMATION=$CMPASSPORT_USER_INFORMATION
  else
    MINTED=$(curl -sSf "$BASE/_mock/apps/$APP_ID/tokens" -d "{\"phoneNumber\":\"$PHONE\",\"capability\":\"h5TokenValidate\"}")
    TOKEN=$(sed -n 's/.*"token":"\([^"]*\)".*/\1/p' <<<"$MINTED")
    INFORMATION=$(sed -n 's/.*"userInformation":"\([^"]*\)".*/\1/p' <<<"$MINTED")
  fi
  : "${SIGN_KEY:?set CMPASSPORT_APP_SIGN_KEY}"
  TRACE_ID=$(openssl rand -hex 16)
  TIME=$(TZ=Asia/Shanghai date +%Y%m%d%H%M%S000)
  PEM=$(printf '%s\n%s\n%s' '-----BEGIN PRIVATE KEY-----' "$(fold -w 64 <<<"$SIGN_KEY")" '-----END PRIVATE KEY-----')
  SIGN=$(printf %s "${APP_ID}${TRACE_ID}${TIME}${TOKEN}2.0" |
    openssl dgst -sha256 -sign <(printf '%s\n' "$PEM") | od -An -v -tx1 | tr -d ' \n' | upper_hex)
  ANSWER=$(curl -sS "$BASE/h5/onekeylogin/tokenValidate" -H 'Content-Type: application/json' -H "$FORCED" \
    -H 'interfaceVersion: 2.0' -H "appId: $APP_ID" -H "traceId: $TRACE_ID" -H "timestamp: $TIME" -H 'businessType: 8' \
    -d "{\"token\":\"$TOKEN\",\"sign\":\"$SIGN\",\"userInformation\":\"$INFORMATION\"}")
  printf '%s\n' "$ANSWER"
  # The key of the number is the text of the first 16 characters of the appKey.
  KEY=$(printf %.16s "$APP_KEY" | od -An -v -tx1 | tr -d ' \n')
  MSISDN=$(sed -n 's/.*"msisdn":"\([^"]*\)".*/\1/p' <<<"$ANSWER")
  if [ -n "$MSISDN" ]; then echo "phone number: $(openssl enc -d -a -aes-128-ecb -K "$KEY" <<<"$MSISDN")"; fi
}

case $OPERATION in
  '') login && verify ;;
  loginTokenValidate) login ;;
  tokenValidate) verify ;;
  h5TokenValidate) h5 ;;
  *) echo "This program has no $OPERATION." >&2 && exit 1 ;;
esac
