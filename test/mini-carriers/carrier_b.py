#!/usr/bin/env python3
# Carrier B: an API gateway with a JSON schema, in front of a small service.
# The document speaks: "参数类型都是String"; msgid 1-36; msgId "使用UUID标识"; the MD5, SHA256withRSA (hex),
#  HMACSHA256 and MD5withRSA signatures; keyType neither 1 nor 0 is 0; "token在有效期内（2分钟）",
#  "token还未使用过"; "开发者需到开发者社区填写服务端出口IP地址后才能正常使用" (so the address is always
#  checked here, whatever strictcheck says); 105018 for a verify token at login; 001 is charged.
# Silent, chosen here: order content type > JSON > schema > app (known, capability, quota) > address >
#  token > signature > phoneNum form; the token is used up the moment it is found, so a call refused for
#  its signature has used it; no time window, 17 digits are enough; msgid may repeat; hex signatures in
#  either case; a lower-case phoneNum hash is simply another number (001); RSA at verify is Base64 or hex;
#  msisdn cipher is lower-case hex; numbers, null and unknown fields break the schema; 404 JSON for a
#  wrong path or method (one final slash is forgiven); HTTP 400 parameters, 403 app and address,
#  429 quota, 401 signature, 200 the rest; msgid is echoed whenever it could be read, taskId only on success.
import base64
import binascii
import json
import re
from http.server import BaseHTTPRequestHandler

import signing as s

LOGIN_NEED = {"version": r"2\.0", "msgid": r"(?s).{1,36}", "systemtime": r"[0-9]{17}", "strictcheck": r"[01]",
              "appid": r".+", "sign": r".+"}
LOGIN_MAY = {"expandparams", "encryptionalgorithm", "token"}
HEADER_NEED = {"version": r".+", "timestamp": r"[0-9]{17}", "appId": r".+",
               "msgId": r"[0-9A-Fa-f]{8}-?([0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}"}
BODY_NEED = {"requesterType": r"[01]", "phoneNum": r"(?s).+", "token": r"(?s).+", "sign": r"(?s).+"}
BODY_MAY = {"openType", "message", "expandParams", "keyType"}
DESCRIPTIONS = {"000": "是本机号码", "001": "非本机号码", "003": "调用内部token校验接口失败",
                "004": "加密手机号码错误", "102": "参数无效", "124": "白名单校验失败",
                "302": "sign校验失败", "303": "参数解析错误", "606": "验证Token失败", "999": "系统异常",
                "103420": "本机号码校验能力使用权限不足"}
HTTP = {"103412": 400, "103414": 400, "103811": 400, "103119": 403, "105019": 403, "103511": 403,
        "105312": 429, "103101": 401, "303": 400, "102": 400, "103420": 403, "124": 403, "999": 429,
        "302": 401}


class Refused(Exception):
    """A refusal: its code."""


def no_constant(name):
    raise ValueError(name)


def schema(value, need, may):
    """True when value is an object of strings with every needed field in form and none unknown."""
    if not isinstance(value, dict) or set(value) - set(need) - may:
        return False
    if not all(isinstance(v, str) for v in value.values()):
        return False
    return all(n in value and re.fullmatch(form, value[n]) for n, form in need.items())


def text_of(value, name):
    found = value.get(name) if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def decode(text, size):
    """Hex when it has exactly the key's length in hex, else Base64; None when neither."""
    if re.fullmatch(r"[0-9A-Fa-f]{%d}" % (2 * size), text):
        return bytes.fromhex(text)
    try:
        return base64.b64decode(s.utf8(text), validate=True)
    except binascii.Error:
        return None


class CarrierB(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize, timeout = 65536, 30
    bench = None

    def log_message(self, *args):
        pass

    def version_string(self):
        return "APISIX/3.4.1"

    def send_json(self, status, value):
        data = s.utf8(json.dumps(value, ensure_ascii=False))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Request-Id", s.new_id())
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def any_method(self):
        path = self.path.split("?")[0]
        try:
            raw, too_large = s.read_body(self, 64 * 1024)
        except ValueError:
            self.close_connection = True
            return self.send_json(400, {"error_msg": "400 Bad Request"})
        control = self.bench.control(self.command, path, raw)
        if control:
            return self.send_json(*control)
        if path.endswith("/"):
            path = path[:-1]
        if path not in (s.LOGIN_PATH, s.VERIFY_PATH) or self.command != "POST":
            return self.send_json(404, {"error_msg": "404 Route Not Found"})
        if too_large:
            return self.send_json(413, {"error_msg": "request body too large"})
        operation = "login" if path == s.LOGIN_PATH else "verify"
        run, unreadable = (self.login, "103412") if operation == "login" else (self.verify, "303")
        kind = self.headers.get("Content-Type", "").split(";")[0].strip().lower()
        try:
            request = json.loads(raw.decode("utf-8"), parse_constant=no_constant)
        except (ValueError, RecursionError):
            request = None
        if kind != "application/json" or not isinstance(request, dict):
            return run({}, unreadable)
        run(request, None)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = any_method

    # ---- the steps both operations share -------------------------------------------

    def app_and_address(self, app_id, operation, unknown, denied, spent, foreign):
        app = self.bench.apps.get(app_id)
        if app is None:
            raise Refused(unknown)
        if operation not in app["capability"]:
            raise Refused(denied)
        if app["quota"] is not None and self.bench.charged_today(app_id) >= app["quota"]:
            raise Refused(spent)
        if self.client_address[0] not in app["ipWhitelist"]:
            raise Refused(foreign)
        return app

    def spend_token(self, text, gone):
        """Finding the token uses it, whatever comes of the call."""
        token = self.bench.tokens.get(text)
        if token is None:
            raise Refused(gone)
        used, token["used"] = token["used"], True
        if used or self.bench.now() - token["minted"] >= s.TOKEN_LIFE_MS:
            raise Refused(gone)
        return token

    # ---- login ----------------------------------------------------------------------

    def login(self, request, code):
        answer = {"inresponseto": text_of(request, "msgid"), "systemtime": self.bench.now17()}
        with self.bench.lock:
            if code is None:
                try:
                    answer["msisdn"] = self.login_checked(request)
                    answer["taskId"] = s.new_id()
                    code = "103000"
                except Refused as refused:
                    code = str(refused)
            answer["resultCode"] = code
            self.bench.record("login", text_of(request, "appid"), answer["inresponseto"],
                              text_of(request, "token"), code, HTTP.get(code, 200), code == "103000",
                              answer.get("taskId", ""))
        self.send_json(HTTP.get(code, 200), answer)

    def login_checked(self, m):
        if not schema(m, LOGIN_NEED, LOGIN_MAY) or "token" not in m:
            raise Refused("103414")
        if m["token"] == "":
            raise Refused("103811")
        app = self.app_and_address(m["appid"], "login", "103119", "105019", "105312", "103511")
        if not m["token"].startswith("STsid") or len(m["token"]) != 56:
            raise Refused("103113")
        token = self.spend_token(m["token"], "104201")
        if token["kind"] != "login":
            raise Refused("105018")
        if token["appId"] != m["appid"]:
            raise Refused("103133")
        if m.get("encryptionalgorithm") != "RSA":
            if not s.same(s.login_md5(m, app["appSecret"]), m["sign"].upper()):
                raise Refused("103101")
            return token["phone"]
        sign = bytes.fromhex(m["sign"]) if re.fullmatch(r"([0-9A-Fa-f]{2})+", m["sign"]) else None
        if not s.rsa_verify(app["appSignPublicKey"], "sha256", s.login_rsa_text(m), sign):
            raise Refused("103101")
        return s.rsa_encrypt(app["appEncryptPublicKey"], s.utf8(token["phone"])).hex()

    # ---- verify ---------------------------------------------------------------------

    def verify(self, request, code):
        header, body = request.get("header"), request.get("body")
        out = {"message": "", "resultDesc": ""}
        with self.bench.lock:
            if code is None:
                try:
                    code, sms = self.verify_checked(request, header, body)
                    out["taskId"] = s.new_id()
                    if sms:
                        out["accessToken"] = s.new_id()
                except Refused as refused:
                    code = str(refused)
            self.bench.record("verify", text_of(header, "appId"), text_of(header, "msgId"),
                              text_of(body, "token"), code, HTTP.get(code, 200), code in ("000", "001"),
                              out.get("taskId", ""))
        out["resultDesc"] = DESCRIPTIONS[code]
        self.send_json(HTTP.get(code, 200), {
            "header": {"msgId": text_of(header, "msgId"), "timestamp": self.bench.now17(),
                       "appId": text_of(header, "appId"), "resultCode": code}, "body": out})

    def verify_checked(self, request, header, body):
        if set(request) - {"header", "body"} or not schema(header, HEADER_NEED, set()) \
                or not schema(body, BODY_NEED, BODY_MAY):
            raise Refused("102")
        if not re.fullmatch(r"[0-3]" if body["requesterType"] == "0" else r"[0-3]?", body.get("openType", "")):
            raise Refused("102")
        m = {**header, **body}
        app = self.app_and_address(m["appId"], "verify", "103420", "103420", "999", "124")
        token = self.spend_token(m["token"], "606")
        if token["kind"] != "verify":
            raise Refused("003")
        if token["appId"] != m["appId"]:
            raise Refused("606")
        if m.get("keyType") != "1":
            if not s.same(s.verify_hmac(m, app["appKey"]), m["sign"].upper()):
                raise Refused("302")
            if not re.fullmatch(r"[0-9A-Fa-f]{64}", m["phoneNum"]):
                raise Refused("004")
            match = m["phoneNum"] == s.phone_hash(token["phone"], app["appKey"], m["timestamp"])
        else:
            if not app["appSignPublicKey"]:
                raise Refused("302")
            size = s.key_bytes(s.public_key(app["appSignPublicKey"]))
            if not s.rsa_verify(app["appSignPublicKey"], "md5", s.verify_text(m), decode(m["sign"], size)):
                raise Refused("302")
            size = s.key_bytes(s.public_key(app["platformPublicKey"]))
            clear = s.rsa_decrypt(app["platformPrivateKey"], decode(m["phoneNum"], size))
            if clear is None:
                raise Refused("004")
            match = clear == s.utf8(token["phone"] + app["appKey"] + m["timestamp"])
        return ("000", False) if match else ("001", app["smsAssist"])


if __name__ == "__main__":
    s.start(CarrierB, "B", "3000200000", "hex")
