# A template: ../fill-template.ts explains the marks. Run as it is, it sends each kind of request to a mock.  # {{ purpose }}
# Signed with MD5.  # {{ if md5 }}
# Signed with HMACSHA256.  # {{ if hmac }}
# Signed with RSA (SHA256withRSA).  # {{ if loginTokenValidate and rsa }}
# Signed with RSA (MD5withRSA).  # {{ if tokenValidate and rsa }}
# Python 3.8 or newer, standard library only. Run: python3 result_code.py
import base64  # {{ if rsa }}
import hashlib  # {{ if app }}
import hmac  # {{ if hmac }}
import json  # {{ if app }}
import os  # {{ if controlToken }}
import secrets  # {{ if tokenValidate and rsa }}
import sys  # {{ if app }}
import urllib.error  # {{ if app }}
import urllib.request
import uuid  # {{ if app }}
from datetime import datetime, timedelta, timezone  # {{ if app }}

# {{ if loginTokenValidate }}
LOGIN_URL = "http://127.0.0.1:10086/unisdk/rsapi/loginTokenValidate"  # {{ url }}
# {{ end }}
# {{ if tokenValidate }}
VERIFY_URL = "http://127.0.0.1:10086/openapi/rs/tokenValidate"  # {{ url }}
# {{ end }}
# {{ if header }}
RESULT_CODE = "103000"  # {{ header }}
# {{ end }}
# {{ if token }}
TOKEN = "STsid0000001500000000000NEVERMINTEDNEVERMINTEDNEVERMINTE"  # {{ token }}
# {{ end }}
# {{ if body }}
BODY = '{"version":'  # {{ body }}
# {{ end }}
# {{ if app }}
CONTROL_URL = "http://127.0.0.1:10086/_mock"  # {{ controlUrl }}
APP_ID = "atlas-template"  # {{ ownAppId }}
APP = '{"appId":"atlas-template","generateKeys":true}'  # {{ app }}
# {{ end }}
# {{ if otherApp }}
OTHER_APP_ID = "atlas-template-other"  # {{ otherAppId }}
OTHER_APP = '{"appId":"atlas-template-other"}'  # {{ otherApp }}
# {{ end }}
# {{ if loginTokenValidate and mint }}
LOGIN_PHONE = '{"phoneNumber":"13800138000","capability":"loginTokenValidate"}'  # {{ mint }}
# {{ end }}
# {{ if tokenValidate and mint }}
VERIFY_PHONE = '{"phoneNumber":"13800138000","capability":"tokenValidate"}'  # {{ mint }}
# {{ end }}
# {{ if controlToken }}
# The mock requires its control token, which this program reads from the environment.
CONTROL_TOKEN = os.environ.get("CMPASSPORT_CONTROL_TOKEN", "")
# {{ end }}


# {{ if app }}
def make_app(app_id, settings):
    """Creates the app again, so that every run starts from the same state."""
    control("DELETE", f"/apps/{app_id}", "")
    # Only this response contains the private keys.  # {{ if rsa }}
    return control("POST", "/apps", settings)
# {{ end }}


# {{ if script }}
def set_script():
    """Sets the result of the app's next request."""
    path = "/apps/atlas-template/outcomes/loginTokenValidate"  # {{ scriptPath }}
    script = '{"script":"103000"}'  # {{ script }}
    control("PUT", path, script)
# {{ end }}


# {{ if mint }}
def mint(phone):
    """The token that the SDK in the phone receives."""
    path = f"/apps/{APP_ID}/tokens"  # {{ mintPath }}
    return control("POST", path, phone)["token"]
# {{ end }}


# {{ if loginTokenValidate and md5 }}
def login_with_md5(token, app):
    version = "2.0"  # {{ version }}
    msgid = uuid.uuid4().hex
    systemtime = beijing_time()
    strictcheck = "0"  # {{ strictCheck }}
    appid = APP_ID  # {{ appId }}
    text = appid + version + msgid + systemtime + strictcheck + token + app["appSecret"]
    sign = md5_hex(text)
    # {{ if sign }} sign = ""  # {{ sign }}
    fields = {
        "version": version,
        "msgid": msgid,
        "systemtime": systemtime,
        "strictcheck": strictcheck,
        "appid": appid,
        "token": token,
        "sign": sign,
    }
    return post(LOGIN_URL, json.dumps(fields))
# {{ end }}


# {{ if loginTokenValidate and rsa }}
def login_with_rsa(token, app):
    version = "2.0"  # {{ version }}
    msgid = uuid.uuid4().hex
    systemtime = beijing_time()
    strictcheck = "0"  # {{ strictCheck }}
    appid = APP_ID  # {{ appId }}
    text = appid + token
    sign = sha256_with_rsa(text, app["appSignPrivateKey"])
    # {{ if sign }} sign = ""  # {{ sign }}
    fields = {
        "version": version,
        "msgid": msgid,
        "systemtime": systemtime,
        "strictcheck": strictcheck,
        "appid": appid,
        "token": token,
        "sign": sign,
        "encryptionalgorithm": "RSA",
    }
    return post(LOGIN_URL, json.dumps(fields))
# {{ end }}


# {{ if tokenValidate and hmac }}
def verify_with_hmac(token, app):
    phone_number = "13800138000"  # {{ phoneNumber }}
    version = "1.0"  # {{ version }}
    msg_id = uuid.uuid4().hex
    timestamp = beijing_time()
    app_id = APP_ID  # {{ appId }}
    phone_num = sha256_hex(phone_number + app["appKey"] + timestamp)
    # {{ if phoneNum }} phone_num = ""  # {{ phoneNum }}
    text = app_id + msg_id + phone_num + timestamp + token + version
    sign = hmac_sha256_hex(text, app["appKey"])
    # {{ if sign }} sign = ""  # {{ sign }}
    fields = {
        "header": {"version": version, "msgId": msg_id, "timestamp": timestamp, "appId": app_id},
        "body": {
            "openType": "1",
            "requesterType": "0",
            "keyType": "0",
            "phoneNum": phone_num,
            "token": token,
            "sign": sign,
        },
    }
    return post(VERIFY_URL, json.dumps(fields))
# {{ end }}


# {{ if tokenValidate and rsa }}
def verify_with_rsa(token, app):
    phone_number = "13800138000"  # {{ phoneNumber }}
    version = "1.0"  # {{ version }}
    msg_id = uuid.uuid4().hex
    timestamp = beijing_time()
    app_id = APP_ID  # {{ appId }}
    phone_num = encrypt(phone_number + app["appKey"] + timestamp, app["platformPublicKey"])
    # {{ if phoneNum }} phone_num = ""  # {{ phoneNum }}
    text = app_id + msg_id + phone_num + timestamp + token + version
    sign = md5_with_rsa(text, app["appSignPrivateKey"])
    # {{ if sign }} sign = ""  # {{ sign }}
    fields = {
        "header": {"version": version, "msgId": msg_id, "timestamp": timestamp, "appId": app_id},
        "body": {
            "openType": "1",
            "requesterType": "0",
            "keyType": "1",
            "phoneNum": phone_num,
            "token": token,
            "sign": sign,
        },
    }
    return post(VERIFY_URL, json.dumps(fields))
# {{ end }}


# {{ if app }}
def control(method, path, body):
    """Calls the mock's control API."""
    headers = {"Content-Type": "application/json"}
    headers["Authorization"] = f"Bearer {CONTROL_TOKEN}"  # {{ if controlToken }}
    request = urllib.request.Request(CONTROL_URL + path, body.encode(), headers, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return json.loads(response.read() or "null")
    except urllib.error.HTTPError as refused:
        # A DELETE may find nothing to remove.
        if method != "DELETE":
            sys.exit(refused.read().decode())


def beijing_time():
    """17 digits, yyyyMMddHHmmssSSS."""
    return datetime.now(timezone(timedelta(hours=8))).strftime("%Y%m%d%H%M%S%f")[:17]
# {{ end }}


# {{ if md5 }}
def md5_hex(text):
    return hashlib.md5(text.encode()).hexdigest().upper()
# {{ end }}


# {{ if hmac }}
def sha256_hex(text):
    return hashlib.sha256(text.encode()).hexdigest().upper()


def hmac_sha256_hex(text, key):
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest().upper()
# {{ end }}


# {{ if loginTokenValidate and rsa }}
def sha256_with_rsa(text, private_key):
    """In hex."""
    digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(text.encode()).digest()
    return rsa_sign(digest, private_key).hex().upper()
# {{ end }}


# {{ if tokenValidate and rsa }}
def md5_with_rsa(text, private_key):
    """In Base64."""
    digest = bytes.fromhex("3020300c06082a864886f70d020505000410") + hashlib.md5(text.encode()).digest()
    return base64.b64encode(rsa_sign(digest, private_key)).decode()


def encrypt(text, public_key):
    """PKCS#1 v1.5, in Base64: 00 02, random bytes that are not 00, 00, the text."""
    modulus, exponent = read_public_key(public_key)
    padding = bytes(1 + secrets.randbelow(255) for _ in range(byte_length(modulus) - len(text) - 3))
    return base64.b64encode(power(b"\x00\x02" + padding + b"\x00" + text.encode(), exponent, modulus)).decode()


def read_public_key(text):
    """The modulus and the public exponent of an SPKI key in Base64, as the portal shows it."""
    (key,) = der_values(base64.b64decode(text))
    # A BIT STRING begins with how many bits at its end do not count.
    (numbers,) = der_values(der_values(key)[1][1:])
    return [int.from_bytes(number, "big") for number in der_values(numbers)]
# {{ end }}


# {{ if decrypt }}
def decrypt(text, private_key):
    """PKCS#1 v1.5: 00 02, random bytes that are not 00, 00, the text."""
    modulus, exponent = read_private_key(private_key)
    block = power(bytes.fromhex(text), exponent, modulus)
    return block[block.index(0, 2) + 1:].decode()
# {{ end }}


# {{ if rsa }}
def rsa_sign(digest, private_key):
    """PKCS#1 v1.5: 00 01, FF as often as needed, 00, the digest with the name of its algorithm in front."""
    modulus, exponent = read_private_key(private_key)
    padding = b"\xff" * (byte_length(modulus) - len(digest) - 3)
    return power(b"\x00\x01" + padding + b"\x00" + digest, exponent, modulus)


def power(block, exponent, modulus):
    number = pow(int.from_bytes(block, "big"), exponent, modulus)
    return number.to_bytes(byte_length(modulus), "big")


def byte_length(modulus):
    return (modulus.bit_length() + 7) // 8


def read_private_key(text):
    """The modulus and the private exponent of a PKCS#8 key in Base64, as the portal shows it."""
    (key,) = der_values(base64.b64decode(text))
    (numbers,) = der_values(der_values(key)[2])
    return [int.from_bytes(number, "big") for number in der_values(numbers)[1:4:2]]


def der_values(der):
    """The contents of the values that follow each other in DER bytes: a tag, a length, the contents."""
    values = []
    while der:
        length, start = der[1], 2
        if length > 0x7F:
            start += length & 0x7F
            length = int.from_bytes(der[2:start], "big")
        values.append(der[start:start + length])
        der = der[start + length:]
    return values
# {{ end }}


# {{ if get }}
def get(url):
    return answer_to(urllib.request.Request(url))
# {{ end }}


# {{ if not get }}
def post(url, body):
    headers = {"Content-Type": "application/json"}
    # {{ if header }} headers["X-Mock-Result-Code"] = RESULT_CODE
    return answer_to(urllib.request.Request(url, body.encode(), headers))
# {{ end }}


def answer_to(request):
    """The carrier's response, unchanged."""
    with urllib.request.urlopen(request) as response:
        return response.read().decode()


if __name__ == "__main__":
    # {{ if app }}
    app = make_app(APP_ID, APP)
    # {{ end }}
    # {{ if otherApp }}
    make_app(OTHER_APP_ID, OTHER_APP)
    # {{ end }}
    # {{ if script }} set_script()
    # {{ if loginTokenValidate and md5 }}
    print(login_with_md5(mint(LOGIN_PHONE), app))  # {{ if mint }}
    # {{ if token }} print(login_with_md5(TOKEN, app))
    # {{ end }}
    # {{ if loginTokenValidate and rsa }}
    answer = login_with_rsa(mint(LOGIN_PHONE), app)  # {{ if mint }}
    # {{ if token }} answer = login_with_rsa(TOKEN, app)
    print(answer)
    # {{ end }}
    # {{ if decrypt }}
    print(decrypt(json.loads(answer)["msisdn"], app["appDecryptPrivateKey"]))
    # {{ end }}
    # {{ if tokenValidate and hmac }}
    print(verify_with_hmac(mint(VERIFY_PHONE), app))  # {{ if mint }}
    # {{ if token }} print(verify_with_hmac(TOKEN, app))
    # {{ end }}
    # {{ if tokenValidate and rsa }}
    print(verify_with_rsa(mint(VERIFY_PHONE), app))  # {{ if mint }}
    # {{ if token }} print(verify_with_rsa(TOKEN, app))
    # {{ end }}
    # {{ if body }}
    print(post(LOGIN_URL, BODY))  # {{ if loginTokenValidate }}
    print(post(VERIFY_URL, BODY))  # {{ if tokenValidate }}
    # {{ end }}
    # {{ if get }}
    print(get(LOGIN_URL))  # {{ if loginTokenValidate }}
    print(get(VERIFY_URL))  # {{ if tokenValidate }}
    # {{ end }}
