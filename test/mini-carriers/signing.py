"""Shared by the carriers in Python: signatures, RSA, 17-digit times, and the test bench
(apps, clock, call log, /mint /clock /calls). No carrier behaviour lives here:
which request is refused, in what order and how, is written in each carrier.
"""
import argparse
import base64
import datetime
import hashlib
import hmac
import json
import os
import re
import secrets
import string
import subprocess
import threading
import time
import uuid
from http.server import ThreadingHTTPServer

# The document's example was sent at 20190226111842617 and its token carries the
# epoch milliseconds 1551151128045 = 11:18:48 at UTC+8, so times are UTC+8.
CHINA = datetime.timezone(datetime.timedelta(hours=8))
TOKEN_LIFE_MS = 120_000
TOKEN_FORM = re.compile(r"STsid[0-9]{19}[A-Za-z0-9]{32}")
LOGIN_PATH = "/unisdk/rsapi/loginTokenValidate"
VERIFY_PATH = "/openapi/rs/tokenValidate"


def utf8(text):
    return text.encode("utf-8", "replace")


# ---- the texts the document says are signed or hashed -------------------------

def login_md5(m, app_secret):
    """MD5(appid + version + msgid + systemtime + strictcheck + token + APPSecret), upper case."""
    names = ("appid", "version", "msgid", "systemtime", "strictcheck", "token")
    return hashlib.md5(utf8("".join(m[n] for n in names) + app_secret)).hexdigest().upper()


def login_rsa_text(m):
    return m["appid"] + m["token"]


def verify_text(m):
    """appId + msgId + phoneNum + timestamp + token + version (names in natural order)."""
    return "".join(m[n] for n in ("appId", "msgId", "phoneNum", "timestamp", "token", "version"))


def verify_hmac(m, app_key):
    return hmac.new(utf8(app_key), utf8(verify_text(m)), hashlib.sha256).hexdigest().upper()


def phone_hash(phone, app_key, timestamp):
    return hashlib.sha256(utf8(phone + app_key + timestamp)).hexdigest().upper()


def same(a, b):
    return hmac.compare_digest(utf8(a), utf8(b))


# ---- RSA, PKCS#1 v1.5, from Base64 DER keys ------------------------------------

DIGEST_INFO = {
    "md5": bytes.fromhex("3020300c06082a864886f70d020505000410"),
    "sha256": bytes.fromhex("3031300d060960864801650304020105000420"),
}


def _der(data):
    """The (tag, content) pairs at one level of DER."""
    out, i = [], 0
    while i < len(data):
        tag, length, i = data[i], data[i + 1], i + 2
        if length & 0x80:
            n = length & 0x7F
            length, i = int.from_bytes(data[i:i + n], "big"), i + n
        out.append((tag, data[i:i + length]))
        i += length
    return out


def _ints(der_sequence):
    return [int.from_bytes(c, "big") for _, c in _der(_der(der_sequence)[0][1])]


def public_key(b64):
    """(n, e) of an X.509 SubjectPublicKeyInfo in Base64."""
    spki = _der(_der(base64.b64decode(b64))[0][1])
    return tuple(_ints(spki[1][1][1:]))


def private_key(b64):
    """(n, d) of a PKCS#8 private key in Base64."""
    pkcs8 = _der(_der(base64.b64decode(b64))[0][1])
    numbers = _ints(pkcs8[2][1])
    return numbers[1], numbers[3]


def key_bytes(key):
    return (key[0].bit_length() + 7) // 8


def rsa_verify(public_b64, digest, text, signature):
    if not public_b64 or signature is None:
        return False
    n, e = key = public_key(public_b64)
    k = key_bytes(key)
    s = int.from_bytes(signature, "big")
    if len(signature) != k or s >= n:
        return False
    tail = DIGEST_INFO[digest] + hashlib.new(digest, utf8(text)).digest()
    want = b"\x00\x01" + b"\xff" * (k - 3 - len(tail)) + b"\x00" + tail
    return hmac.compare_digest(pow(s, e, n).to_bytes(k, "big"), want)


def rsa_encrypt(public_b64, data):
    n, e = key = public_key(public_b64)
    k = key_bytes(key)
    pad = bytes(secrets.randbelow(255) + 1 for _ in range(k - 3 - len(data)))
    return pow(int.from_bytes(b"\x00\x02" + pad + b"\x00" + data, "big"), e, n).to_bytes(k, "big")


def rsa_decrypt(private_b64, cipher):
    """The clear bytes, or None when the cipher text or its padding is wrong."""
    if not private_b64 or cipher is None:
        return None
    n, d = key = private_key(private_b64)
    k = key_bytes(key)
    c = int.from_bytes(cipher, "big")
    if len(cipher) != k or c >= n:
        return None
    block = pow(c, d, n).to_bytes(k, "big")
    end = block.find(b"\x00", 2)
    return block[end + 1:] if block[:2] == b"\x00\x02" and end >= 10 else None


def new_key(bits):
    """A fresh RSA pair from openssl: (PKCS#8 Base64, SPKI Base64)."""
    def openssl(data, *words):
        done = subprocess.run(("openssl",) + words, input=data, capture_output=True, check=True)
        return done.stdout
    made = openssl(None, "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:%d" % bits)
    private = openssl(made, "pkcs8", "-topk8", "-nocrypt", "-outform", "DER")
    public = openssl(made, "pkey", "-pubout", "-outform", "DER")
    return base64.b64encode(private).decode(), base64.b64encode(public).decode()


# ---- 17-digit times ---------------------------------------------------------------

def write17(ms):
    t = datetime.datetime.fromtimestamp(ms // 1000, CHINA)
    return t.strftime("%Y%m%d%H%M%S") + "%03d" % (ms % 1000)


def read17(text):
    """Epoch milliseconds of a 17-digit time at UTC+8, or None when it is no such time."""
    if not re.fullmatch(r"[0-9]{17}", text):
        return None
    try:
        t = datetime.datetime(*(int(text[a:b]) for a, b in
                                ((0, 4), (4, 6), (6, 8), (8, 10), (10, 12), (12, 14))), tzinfo=CHINA)
        return int(t.timestamp()) * 1000 + int(text[14:])
    except (ValueError, OverflowError):
        return None


# ---- the test bench ------------------------------------------------------------------

def new_apps(prefix):
    """Six apps: everything; login only; verify only; foreign address; two charged calls; no RSA keys."""
    plan = [
        ("full", ["login", "verify"], True, ["127.0.0.1"], None, 1024),
        ("loginOnly", ["login"], False, ["127.0.0.1"], None, 2048),
        ("verifyOnly", ["verify"], False, ["127.0.0.1"], None, 1024),
        ("foreignIp", ["login", "verify"], False, ["203.0.113.7"], None, 1024),
        ("twoCalls", ["login", "verify"], False, ["127.0.0.1"], 2, 1024),
        ("noRsaKeys", ["login", "verify"], False, ["127.0.0.1"], None, 0),
    ]
    platform = new_key(1024)
    apps = []
    for i, (name, capability, sms, addresses, quota, bits) in enumerate(plan, 1):
        sign = new_key(bits) if bits else ("", "")
        crypt = new_key(bits) if bits else ("", "")
        apps.append({
            "appId": "%s%02d" % (prefix, i), "name": name, "capability": capability,
            "appKey": secrets.token_hex(16).upper(), "appSecret": secrets.token_hex(16).upper(),
            "smsAssist": sms, "ipWhitelist": addresses, "quota": quota,
            "appSignPrivateKey": sign[0], "appSignPublicKey": sign[1],
            "appEncryptPrivateKey": crypt[0], "appEncryptPublicKey": crypt[1],
            "platformPublicKey": platform[1], "platformPrivateKey": platform[0],
        })
    return apps


class Bench:
    """Apps, clock, tokens as minted, and the call log. The lock is the carrier's one lock."""

    def __init__(self, apps):
        self.apps = {a["appId"]: a for a in apps}
        self.lock = threading.RLock()
        self.offset = 0
        self.tokens = {}
        self.log = []

    def now(self):
        return int(time.time() * 1000) + self.offset

    def now17(self):
        return write17(self.now())

    def charged_today(self, app_id):
        day = self.now17()[:8]
        return sum(1 for c in self.log if c["charged"] and c["appId"] == app_id and c["time"][:8] == day)

    def record(self, operation, app_id, msg_id, token, code, http, charged, task_id=""):
        with self.lock:
            self.log.append({"n": len(self.log) + 1, "time": self.now17(), "operation": operation,
                             "appId": app_id, "msgId": msg_id, "token": token, "resultCode": code,
                             "httpStatus": http, "charged": charged, "taskId": task_id})

    def mint(self, app_id, phone, operation):
        kind = {"login": "login", "verify": "verify", "loginTokenValidate": "login",
                "tokenValidate": "verify", LOGIN_PATH: "login", VERIFY_PATH: "verify"}.get(operation)
        if app_id not in self.apps or kind is None or not isinstance(phone, str):
            return None
        with self.lock:
            letters = string.ascii_letters + string.digits
            token = "STsid%019d%s" % (self.now(), "".join(secrets.choice(letters) for _ in range(32)))
            self.tokens[token] = {"appId": app_id, "phone": phone, "kind": kind,
                                  "minted": self.now(), "used": False}
        return token

    def control(self, method, path, raw):
        """The tester's own paths: (status, object), or None when the path is the carrier's."""
        if (method, path) == ("GET", "/calls"):
            with self.lock:
                return 200, {"calls": list(self.log), "charged": sum(c["charged"] for c in self.log)}
        if method != "POST" or path not in ("/mint", "/clock"):
            return None
        try:
            body = json.loads(raw or b"{}")
            if path == "/mint":
                token = self.mint(body["appId"], body["phone"], body["operation"])
                return (200, {"token": token}) if token else (404, {"error": "no such app or operation"})
            with self.lock:
                self.offset += int(body.get("advanceMs", 0))
            return 200, {"nowMs": self.now(), "now": self.now17()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return 400, {"error": repr(error)}


def read_body(handler, limit):
    """(body, too large?), plain or chunked; the rest of a large body is read and dropped."""
    body, size = b"", 0

    def take(n):
        nonlocal body, size
        while n > 0:
            piece = handler.rfile.read(min(n, 65536))
            if not piece:
                raise ValueError("body ends early")
            n, size = n - len(piece), size + len(piece)
            body = body + piece if size <= limit else b""
            if size > 16 * 1024 * 1024:
                raise ValueError("body without end")

    if "chunked" in handler.headers.get("Transfer-Encoding", "").lower():
        while True:
            length = int(handler.rfile.readline(1024).split(b";")[0], 16)
            take(length)
            line = handler.rfile.readline(1024)
            while length == 0 and line.strip():  # trailers
                line = handler.rfile.readline(1024)
            if length == 0:
                break
    else:
        take(int(handler.headers.get("Content-Length") or 0))
    return body, size > limit


def new_id():
    return uuid.uuid4().hex


def start(handler, carrier, prefix, msisdn_encoding):
    """Read the options, print the one line of JSON, and serve until killed."""
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--apps", help="keep the credentials in this file from one start to the next")
    options = options.parse_args()
    if options.apps and os.path.exists(options.apps):
        with open(options.apps) as file:
            apps = json.load(file)
    else:
        apps = new_apps(prefix)
        if options.apps:
            with open(os.open(options.apps, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(apps, file, indent=1)
    handler.bench = Bench(apps)
    ThreadingHTTPServer.request_queue_size = 128
    ThreadingHTTPServer.daemon_threads = True
    server = ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    shown = [{k: v for k, v in a.items() if k != "platformPrivateKey"} for a in apps]
    print(json.dumps({"url": "http://127.0.0.1:%d" % server.server_address[1], "carrier": carrier,
                      "msisdnEncoding": msisdn_encoding, "apps": shown}), flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
