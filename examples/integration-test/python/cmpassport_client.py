"""A client of the carrier's two operations.

Run its tests: python3 -m unittest -v test_integration
"""
import hashlib
import hmac
import http.client
import json
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))

# What to do about a refusal. All other codes need an engineer: configuration, contract or code.
ADVICE = {
    "try again later": ("103211", "002", "003", "999"),
    "get a new token": ("103113", "103811", "104201", "606"),
}


class BrokenExchange(Exception):
    """No usable response arrived. The carrier may have charged the call and consumed the token: never send it again."""


class CmpassportClient:
    def __init__(self, app_id, app_key, app_secret, base="https://www.cmpassport.com", timeout_seconds=5):
        self.app_id, self.app_key, self.app_secret = app_id, app_key, app_secret
        self.base, self.timeout_seconds = base, timeout_seconds

    def phone_number_of(self, token):
        """Calls loginTokenValidate. Returns {"phone_number"} or {"refused", "advice"}."""
        msgid, systemtime = uuid.uuid4().hex, beijing_time()
        text = self.app_id + "2.0" + msgid + systemtime + "0" + token + self.app_secret
        sign = hashlib.md5(text.encode()).hexdigest().upper()
        answer = self._post("/unisdk/rsapi/loginTokenValidate", {
            "version": "2.0", "msgid": msgid, "systemtime": systemtime, "strictcheck": "0",
            "appid": self.app_id, "token": token, "sign": sign,
        })
        if answer["resultCode"] == "103000":
            return {"phone_number": answer["msisdn"]}
        return refusal(answer["resultCode"])

    def is_number_of(self, token, phone_number):
        """Calls tokenValidate. Returns {"own_number", "access_token"} or {"refused", "advice"}."""
        msg_id, timestamp = uuid.uuid4().hex, beijing_time()
        phone_num = hashlib.sha256((phone_number + self.app_key + timestamp).encode()).hexdigest().upper()
        text = self.app_id + msg_id + phone_num + timestamp + token + "1.0"
        sign = hmac.new(self.app_key.encode(), text.encode(), hashlib.sha256).hexdigest().upper()
        answer = self._post("/openapi/rs/tokenValidate", {
            "header": {"version": "1.0", "msgId": msg_id, "timestamp": timestamp, "appId": self.app_id},
            "body": {"openType": "1", "requesterType": "0", "keyType": "0",
                     "phoneNum": phone_num, "token": token, "sign": sign},
        })
        if answer["resultCode"] == "000":
            return {"own_number": True}
        if answer["resultCode"] == "001":
            return {"own_number": False, "access_token": answer.get("accessToken")}
        return refusal(answer["resultCode"])

    def _post(self, path, value):
        """Sends once. Do not add a retry: a token works once, and success is charged."""
        request = urllib.request.Request(
            self.base + path, json.dumps(value).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        try:
            # The timeout applies to each wait, not to the whole exchange.
            with urllib.request.urlopen(request, timeout=self.timeout_seconds) as response:
                return flat(json.load(response))
        except (OSError, http.client.HTTPException, ValueError, AttributeError, TypeError) as cause:
            raise BrokenExchange(f"no usable response from {path}") from cause


def flat(answer):
    """tokenValidate has its fields in header and body, loginTokenValidate at the top level."""
    fields = {**answer, **answer.get("header", {}), **answer.get("body", {})}
    if not isinstance(fields.get("resultCode"), str):
        raise ValueError("no resultCode")
    return fields


def refusal(result_code):
    for advice, codes in ADVICE.items():
        if result_code in codes:
            return {"refused": result_code, "advice": advice}
    return {"refused": result_code, "advice": "call an engineer"}


def beijing_time():
    return datetime.now(BEIJING).strftime("%Y%m%d%H%M%S%f")[:17]
