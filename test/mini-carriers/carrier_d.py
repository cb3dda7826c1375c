#!/usr/bin/env python3
# Carrier D: a Go net/http service.
# The document speaks: MD5 signature "输出32位大写字母", HMACSHA256 "输出64位大写字母", phoneNum "字母大写" (so only
#  upper case passes there); RSA signature at login is "hex编码" with no case named (either passes);
#  encryptionalgorithm other than "RSA" is MD5, keyType other than "1" is 0; "token在有效期内（2分钟）",
#  "token还未使用过"; strictcheck "1" checks the address; 001 carries accessToken for a configured app.
# Silent, chosen here: the order runs the other way, token (present, form, live, kind) > app > token's
#  app > capability > quota > address > signature > phoneNum form > the other parameters; only a call
#  answered 103000, 000 or 001 uses the token; times must be real 17-digit times but there is no window;
#  msgid may repeat; RSA at verify is standard Base64 (line breaks skipped, as Go does); msisdn cipher is
#  upper-case hex; a missing field or null is "" (Go), a number where text belongs is unreadable: HTTP 400
#  with 103412 / 303; field names match in any case, extra fields and text after the object are ignored;
#  404 plain text, 405 and 415 with an empty body; every other refusal is HTTP 200, with msgid echoed.
import base64
import binascii
import json
import re
from http.server import BaseHTTPRequestHandler

import signing as s

LOGIN_FIELDS = ("version", "msgid", "systemtime", "strictcheck", "appid", "expandparams", "token", "sign",
                "encryptionalgorithm")
HEADER_FIELDS = ("version", "msgId", "timestamp", "appId")
BODY_FIELDS = ("openType", "requesterType", "message", "expandParams", "keyType", "phoneNum", "token", "sign")
DESCRIPTIONS = {"000": "是本机号码", "001": "非本机号码", "003": "调用内部token校验接口失败",
                "004": "加密手机号码错误", "102": "参数无效", "124": "白名单校验失败",
                "302": "sign校验失败", "303": "参数解析错误", "606": "验证Token失败", "999": "系统异常",
                "103420": "本机号码校验能力使用权限不足"}


class Refused(Exception):
    """A refusal: its code."""


class Unreadable(Exception):
    """json.Decoder.Decode returned an error."""


def no_constant(name):
    raise ValueError(name)


def decode_object(raw):
    """The first JSON object of the body; what follows it is not read."""
    text = raw.decode("utf-8", "replace").lstrip(" \t\r\n")
    try:
        value, _ = json.JSONDecoder(parse_constant=no_constant).raw_decode(text)
    except (ValueError, RecursionError):
        raise Unreadable from None
    return value


def member(source, name):
    """A struct field as encoding/json fills it: the exact name, else the name in any case."""
    if name in source:
        return source[name]
    return next((v for k, v in source.items() if k.lower() == name.lower()), None)


def struct(source, names):
    if source is None:
        source = {}
    if not isinstance(source, dict):
        raise Unreadable
    out = {}
    for name in names:
        value = member(source, name)
        if value is not None and not isinstance(value, str):
            raise Unreadable
        out[name] = value or ""
    return out


def from_hex(text):
    return bytes.fromhex(text) if re.fullmatch(r"([0-9A-Fa-f]{2})+", text) else None


def std_encoding(text):
    try:
        return base64.b64decode(s.utf8(text.replace("\r", "").replace("\n", "")), validate=True)
    except binascii.Error:
        return None


class CarrierD(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize, timeout = 65536, 30
    bench = None

    def log_message(self, *args):
        pass

    def send(self, status, body=b"", content_type=None, allow=None):
        self.send_response_only(status)  # Go names no server
        self.send_header("Date", self.date_time_string())
        if content_type:
            self.send_header("Content-Type", content_type)
        if allow:
            self.send_header("Allow", allow)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_json(self, status, value):
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        for letter in "<>&":  # json.Marshal escapes these
            text = text.replace(letter, "\\u%04x" % ord(letter))
        self.send(status, s.utf8(text + "\n"), "application/json; charset=utf-8")

    def any_method(self):
        path = self.path.split("?")[0]
        try:
            raw, too_large = s.read_body(self, 1024 * 1024)
        except ValueError:
            self.close_connection = True
            return self.send(400, b"400 Bad Request", "text/plain; charset=utf-8")
        control = self.bench.control(self.command, path, raw)
        if control:
            return self.send_json(*control)
        if path not in (s.LOGIN_PATH, s.VERIFY_PATH):
            return self.send(404, b"404 page not found\n", "text/plain; charset=utf-8")
        if self.command != "POST":
            return self.send(405, allow="POST")
        kind, _, parameters = self.headers.get("Content-Type", "").lower().partition(";")
        charset = re.search(r'charset\s*=\s*"?([^";\s]+)', parameters)
        if kind.strip() != "application/json" or (charset and charset.group(1) not in ("utf-8", "utf8")):
            return self.send(415)
        run = self.login if path == s.LOGIN_PATH else self.verify
        try:
            if too_large:
                raise Unreadable
            value = decode_object(raw)
            if value is not None and not isinstance(value, dict):
                raise Unreadable
            status, answer = run(value or {})
        except Unreadable:
            status, answer = self.unreadable(path)
        self.send_json(status, answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = any_method

    def unreadable(self, path):
        login = path == s.LOGIN_PATH
        code = "103412" if login else "303"
        self.bench.record("login" if login else "verify", "", "", "", code, 400, False)
        if login:
            return 400, {"inresponseto": "", "systemtime": self.bench.now17(), "resultCode": code}
        return 400, {"header": {"msgId": "", "timestamp": self.bench.now17(), "appId": "", "resultCode": code},
                     "body": {"resultDesc": DESCRIPTIONS[code]}}

    def live_token(self, text, codes):
        token = self.bench.tokens.get(text)
        if token is None:
            raise Refused(codes["unknown"])
        if token["used"] or self.bench.now() - token["minted"] >= s.TOKEN_LIFE_MS:
            raise Refused(codes["dead"])
        if token["kind"] != codes["operation"]:
            raise Refused(codes["kind"])
        return token

    def may_call(self, app, token, address_checked, codes):
        if token["appId"] != app["appId"]:
            raise Refused(codes["owner"])
        if codes["operation"] not in app["capability"]:
            raise Refused(codes["capability"])
        if app["quota"] is not None and self.bench.charged_today(app["appId"]) >= app["quota"]:
            raise Refused(codes["quota"])
        if address_checked and self.client_address[0] not in app["ipWhitelist"]:
            raise Refused(codes["address"])

    # ---- login ----------------------------------------------------------------------

    def login(self, request):
        m = struct(request, LOGIN_FIELDS)
        answer = {"inresponseto": m["msgid"], "systemtime": self.bench.now17(), "resultCode": ""}
        with self.bench.lock:  # the token is looked at and used in one piece
            try:
                answer["msisdn"] = self.login_checked(m)
                answer["resultCode"], answer["taskId"] = "103000", s.new_id()
            except Refused as refused:
                answer["resultCode"] = str(refused)
            self.bench.record("login", m["appid"], m["msgid"], m["token"], answer["resultCode"], 200,
                              "msisdn" in answer, answer.get("taskId", ""))
        return 200, answer

    def login_checked(self, m):
        codes = {"operation": "login", "unknown": "104201", "dead": "104201", "kind": "105018",
                 "owner": "103133", "capability": "105019", "quota": "105312", "address": "103511"}
        if not m["token"]:
            raise Refused("103811")
        if not s.TOKEN_FORM.fullmatch(m["token"]):
            raise Refused("103113")
        token = self.live_token(m["token"], codes)
        app = self.bench.apps.get(m["appid"])
        if app is None:
            raise Refused("103119")
        self.may_call(app, token, m["strictcheck"] == "1", codes)
        rsa = m["encryptionalgorithm"] == "RSA"
        if rsa:
            good = s.rsa_verify(app["appSignPublicKey"], "sha256", s.login_rsa_text(m), from_hex(m["sign"]))
        else:
            good = s.same(s.login_md5(m, app["appSecret"]), m["sign"])
        if not good:
            raise Refused("103101")
        if m["version"] != "2.0" or not 1 <= len(m["msgid"]) <= 36 or m["strictcheck"] not in ("0", "1") \
                or s.read17(m["systemtime"]) is None:
            raise Refused("103414")
        token["used"] = True
        if not rsa:
            return token["phone"]
        return s.rsa_encrypt(app["appEncryptPublicKey"], s.utf8(token["phone"])).hex().upper()

    # ---- verify ---------------------------------------------------------------------

    def verify(self, request):
        m = struct(member(request, "header"), HEADER_FIELDS)
        m.update(struct(member(request, "body"), BODY_FIELDS))
        header = {"msgId": m["msgId"], "timestamp": self.bench.now17(), "appId": m["appId"], "resultCode": ""}
        body = {}
        with self.bench.lock:
            try:
                code, sms = self.verify_checked(m)
                body["taskId"] = s.new_id()
                if sms:
                    body["accessToken"] = s.new_id()
                if m["message"]:
                    body["message"] = m["message"]
            except Refused as refused:
                code = str(refused)
            self.bench.record("verify", m["appId"], m["msgId"], m["token"], code, 200,
                              code in ("000", "001"), body.get("taskId", ""))
        header["resultCode"], body["resultDesc"] = code, DESCRIPTIONS[code]
        return 200, {"header": header, "body": body}

    def verify_checked(self, m):
        codes = {"operation": "verify", "unknown": "606", "dead": "606", "kind": "103420", "owner": "606",
                 "capability": "103420", "quota": "999", "address": "124"}
        if not m["token"]:
            raise Refused("102")
        if not s.TOKEN_FORM.fullmatch(m["token"]):
            raise Refused("003")
        token = self.live_token(m["token"], codes)
        app = self.bench.apps.get(m["appId"])
        if app is None:
            raise Refused("302")
        self.may_call(app, token, True, codes)
        tail = app["appKey"] + m["timestamp"]
        if m["keyType"] == "1":
            if not s.rsa_verify(app["appSignPublicKey"], "md5", s.verify_text(m), std_encoding(m["sign"])):
                raise Refused("302")
            clear = s.rsa_decrypt(app["platformPrivateKey"], std_encoding(m["phoneNum"]))
            if clear is None or not clear.endswith(s.utf8(tail)):
                raise Refused("004")
            match = clear == s.utf8(token["phone"] + tail)
        else:
            if not s.same(s.verify_hmac(m, app["appKey"]), m["sign"]):
                raise Refused("302")
            if not re.fullmatch(r"[0-9A-F]{64}", m["phoneNum"]):
                raise Refused("004")
            match = m["phoneNum"] == s.phone_hash(token["phone"], app["appKey"], m["timestamp"])
        if not re.fullmatch(r"[0-9]+\.[0-9]+", m["version"]) or not 1 <= len(m["msgId"]) <= 64 \
                or m["requesterType"] not in ("0", "1") or s.read17(m["timestamp"]) is None:
            raise Refused("102")
        if m["openType"] not in ("0", "1", "2", "3") and (m["requesterType"] == "0" or m["openType"]):
            raise Refused("102")
        token["used"] = True
        return ("000", False) if match else ("001", app["smsAssist"])


if __name__ == "__main__":
    s.start(CarrierD, "D", "3000400000", "HEX")
