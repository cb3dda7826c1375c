"""Login with MD5, then verify with HMAC: Python 3.8 or newer, standard library only. Run: python3 first_exchange.py"""
import hashlib
import hmac
import json
import os
import sys
import urllib.error
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone

BASE = os.environ.get("CMPASSPORT_BASE", "http://127.0.0.1:10086")
APP_ID = os.environ.get("CMPASSPORT_APP_ID", "300000000001")
APP_KEY = os.environ.get("CMPASSPORT_APP_KEY", "5A1E0C9B7D3F4826B1907E6C42D8AF35")
APP_SECRET = os.environ.get("CMPASSPORT_APP_SECRET", "C7B2094E1F6D4A58803A95E7D2146BFC")
# Optional: only this operation, this token instead of a new one, and the code to force.
OPERATION = os.environ.get("CMPASSPORT_OPERATION")
TOKEN = os.environ.get("CMPASSPORT_TOKEN")
RESULT_CODE = os.environ.get("CMPASSPORT_RESULT_CODE")
PHONE = "13800138000"
BEIJING = timezone(timedelta(hours=8))


def login(token):
    msgid, systemtime = uuid.uuid4().hex, beijing_time()
    text = APP_ID + "2.0" + msgid + systemtime + "0" + token + APP_SECRET
    sign = hashlib.md5(text.encode()).hexdigest().upper()
    return post("/unisdk/rsapi/loginTokenValidate", {
        "version": "2.0", "msgid": msgid, "systemtime": systemtime, "strictcheck": "0",
        "appid": APP_ID, "token": token, "sign": sign,
    })


def verify(token, phone):
    msg_id, timestamp = uuid.uuid4().hex, beijing_time()
    phone_num = hashlib.sha256((phone + APP_KEY + timestamp).encode()).hexdigest().upper()
    text = APP_ID + msg_id + phone_num + timestamp + token + "1.0"
    sign = hmac.new(APP_KEY.encode(), text.encode(), hashlib.sha256).hexdigest().upper()
    return post("/openapi/rs/tokenValidate", {
        "header": {"version": "1.0", "msgId": msg_id, "timestamp": timestamp, "appId": APP_ID},
        "body": {"openType": "1", "requesterType": "0", "keyType": "0",
                 "phoneNum": phone_num, "token": token, "sign": sign},
    })


def mint(capability):
    """Returns a token like the one that the SDK in the phone gets."""
    return TOKEN or post(f"/_mock/apps/{APP_ID}/tokens", {"phoneNumber": PHONE, "capability": capability})["token"]


def post(path, value):
    headers = {"Content-Type": "application/json"}
    if RESULT_CODE:
        headers["X-Mock-Result-Code"] = RESULT_CODE
    request = urllib.request.Request(BASE + path, json.dumps(value).encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request) as response:
            return json.load(response)
    except urllib.error.HTTPError as refused:
        sys.exit(refused.read().decode())


def beijing_time():
    return datetime.now(BEIJING).strftime("%Y%m%d%H%M%S%f")[:17]


if __name__ == "__main__":
    passed = True
    if OPERATION != "tokenValidate":
        response = login(mint("loginTokenValidate"))
        print(response["resultCode"], response.get("msisdn"))
        passed = (response["resultCode"], response.get("msisdn")) == ("103000", PHONE)
    if OPERATION != "loginTokenValidate":
        response = verify(mint("tokenValidate"), PHONE)
        print(response["header"]["resultCode"], response["body"]["resultDesc"])
        passed = passed and response["header"]["resultCode"] == "000"
    sys.exit(not passed)
