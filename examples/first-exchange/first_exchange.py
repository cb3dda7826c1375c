"""Login with MD5, then verify with HMAC; with CMPASSPORT_OPERATION=h5TokenValidate the login of a page with RSA.
Python 3.8 or newer, standard library only; RSA and AES also need the program openssl. Run: python3 first_exchange.py"""
import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
import tempfile
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
# For h5TokenValidate: the private key of 应用公钥1 (PKCS#8 in Base64), and the userInformation of a given token.
SIGN_KEY = os.environ.get("CMPASSPORT_APP_SIGN_KEY", "")
USER_INFORMATION = os.environ.get("CMPASSPORT_USER_INFORMATION")
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


def h5(token, user_information):
    trace_id, timestamp = uuid.uuid4().hex, beijing_time()
    sign = rsa_sha256(APP_ID + trace_id + timestamp + token + "2.0").hex().upper()
    headers = {"interfaceVersion": "2.0", "appId": APP_ID, "traceId": trace_id, "timestamp": timestamp, "businessType": "8"}
    body = {"token": token, "sign": sign, "userInformation": user_information}
    return post("/h5/onekeylogin/tokenValidate", body, headers)


def rsa_sha256(text):
    if not SIGN_KEY:
        raise SystemExit("set CMPASSPORT_APP_SIGN_KEY")
    with tempfile.NamedTemporaryFile() as key:
        key.write(base64.b64decode(SIGN_KEY))
        key.flush()
        return openssl(text.encode(), "dgst", "-sha256", "-keyform", "DER", "-sign", key.name)


def decrypted(msisdn):
    """The key is the text of the first 16 characters of the appKey."""
    key = APP_KEY[:16].ljust(16, "0").encode().hex()
    return openssl(base64.b64decode(msisdn), "enc", "-d", "-aes-128-ecb", "-K", key).decode()


def openssl(data, *args):
    return subprocess.run(["openssl", *args], input=data, stdout=subprocess.PIPE, check=True).stdout


def mint(capability):
    """Returns a token like the one that the SDK in the phone gets."""
    return minted(capability)["token"]


def minted(capability):
    """In a page, the SDK returns userInformation with the token."""
    if TOKEN:
        return {"token": TOKEN, "userInformation": USER_INFORMATION}
    return post(f"/_mock/apps/{APP_ID}/tokens", {"phoneNumber": PHONE, "capability": capability})


def post(path, value, own=None):
    headers = {"Content-Type": "application/json", **(own or {})}
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
    if OPERATION in (None, "loginTokenValidate"):
        response = login(mint("loginTokenValidate"))
        print(response["resultCode"], response.get("msisdn"))
        passed = (response["resultCode"], response.get("msisdn")) == ("103000", PHONE)
    if OPERATION in (None, "tokenValidate"):
        response = verify(mint("tokenValidate"), PHONE)
        print(response["header"]["resultCode"], response["body"]["resultDesc"])
        passed = passed and response["header"]["resultCode"] == "000"
    if OPERATION == "h5TokenValidate":
        of_page = minted("h5TokenValidate")
        response = h5(of_page["token"], of_page["userInformation"])
        number = decrypted(response["data"]["msisdn"]) if "data" in response else None
        print(response["resultCode"], number)
        passed = (response["resultCode"], number) == ("103000", PHONE)
    if OPERATION not in (None, "loginTokenValidate", "tokenValidate", "h5TokenValidate"):
        sys.exit(f"This program has no {OPERATION}.")
    sys.exit(not passed)
