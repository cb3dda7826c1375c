#!/usr/bin/env python3
# Carrier C: PHP behind Apache, one front controller.
# The document speaks: sign = MD5(appid+version+msgid+systemtime+strictcheck+token+APPSecret), or with
#  "RSA" SHA256withRSA over (appid+token) in hex; HMACSHA256 with appkey as the key, or with keyType 1
#  MD5withRSA and phoneNum under the platform key; "keyType不填或非1、0时按keyType=0处理"; "token在有效期内
#  （2分钟）", "token还未使用过"; msgId "标识请求的唯一性" (so a repeated one is refused); strictcheck "1"
#  checks the address; accessToken with 001 when the app has the SMS aid; 000 and 001 are charged.
# Silent, chosen here: order JSON > parameters > time > app > signature > msgid replay > address >
#  capability > quota > token > phoneNum form; a call refused at the token or after it uses the token up,
#  before it does not; time from 1 h past to 10 min future; hex in either case; RSA at verify is lenient
#  Base64; msisdn cipher is BASE64; values are cast as PHP casts them (null is missing, 2.0 is "2");
#  unknown fields ignored; any method, any content type; every answer is HTTP 200, text/html, \u-escaped
#  (the last path segment picks the operation, any other is 103412); msgid echoed only on success.
import base64
import binascii
import json
import re
from http.server import BaseHTTPRequestHandler

import signing as s

PAST_MS, FUTURE_MS = 3600 * 1000, 600 * 1000
DESCRIPTIONS = {
    "103000": "返回成功", "103101": "签名错误", "103119": "appid不存在", "103133": "sourceid不合法",
    "103412": "无效的请求", "103414": "参数校验异常", "103511": "请求ip不在社区配置的服务器白名单内",
    "103811": "token为空", "104201": "token失效或不存在", "105018": "用户权限不足", "105019": "应用未授权",
    "105312": "套餐已用完", "105313": "非法请求",
    "000": "是本机号码", "001": "非本机号码", "002": "取号失败", "004": "加密手机号码错误", "102": "参数无效",
    "124": "白名单校验失败", "302": "sign校验失败", "303": "参数解析错误", "606": "验证Token失败",
    "999": "系统异常", "103420": "本机号码校验能力使用权限不足"}
# One step of checks serves both operations; these are the codes each step gives.
CODES = {
    "login": {"time form": "103414", "time": "103412", "app": "103119", "sign": "103101", "replay": "105313",
              "address": "103511", "capability": "105019", "quota": "105312"},
    "verify": {"time form": "102", "time": "102", "app": "999", "sign": "302", "replay": "102",
               "address": "124", "capability": "103420", "quota": "103420"}}


class Refused(Exception):
    """A refusal: its code."""


def no_constant(name):
    raise ValueError(name)


def cast(value):
    """(string)$value, with null and arrays as ''."""
    if value is None or value is False or isinstance(value, (dict, list)):
        return ""
    if value is True:
        return "1"
    if isinstance(value, float):
        return "%.14G" % value
    return str(value)


def fields(source):
    return {k: cast(v) for k, v in source.items()} if isinstance(source, dict) else {}


def base64_decode(text):
    """PHP's base64_decode without strict: what is no Base64 letter is skipped."""
    text = re.sub(r"[^A-Za-z0-9+/]", "", text)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        return None


def hex2bin(text):
    return bytes.fromhex(text) if re.fullmatch(r"([0-9A-Fa-f]{2})+", text) else None


class CarrierC(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize, timeout = 65536, 30
    bench = None
    seen = {}  # (operation, appid, msgid) -> when; guarded by the bench's lock

    def log_message(self, *args):
        pass

    def version_string(self):
        return "Apache/2.4.57 (Unix) PHP/7.4.33"

    def send_json(self, value, status=200, content_type="text/html; charset=UTF-8"):
        data = s.utf8(json.dumps(value, separators=(",", ":")).replace("/", "\\/"))
        self.send_response(status)
        self.send_header("X-Powered-By", "PHP/7.4.33")
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def any_method(self):
        path = self.path.split("?")[0]
        try:
            raw, too_large = s.read_body(self, 8 * 1024 * 1024)
        except ValueError:
            self.close_connection = True
            raw, too_large = b"", False
        control = self.bench.control(self.command, path, raw)
        if control:
            return self.send_json(control[1], control[0], "application/json")
        action = path.rstrip("/").rsplit("/", 1)[-1]
        try:
            request = json.loads(raw.decode("utf-8"), parse_constant=no_constant)
        except (ValueError, RecursionError):
            request = None
        if too_large or not isinstance(request, dict):
            request = None
        if action == "loginTokenValidate":
            return self.send_json(self.login(request))
        if action == "tokenValidate":
            return self.send_json(self.verify(request))
        self.send_json({"resultCode": "103412", "desc": DESCRIPTIONS["103412"]})

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = any_method

    # ---- the steps both operations share -------------------------------------------

    def in_time(self, text, codes):
        sent = s.read17(text)
        if sent is None:
            raise Refused(codes["time form"])
        if not -PAST_MS <= sent - self.bench.now() <= FUTURE_MS:
            raise Refused(codes["time"])

    def first_time(self, key, codes):
        now = self.bench.now()
        for old in [k for k, at in self.seen.items() if now - at > PAST_MS + FUTURE_MS]:
            del self.seen[old]
        if key in self.seen:
            raise Refused(codes["replay"])
        self.seen[key] = now

    def allowed(self, app, operation, address_checked, codes):
        if address_checked and self.client_address[0] not in app["ipWhitelist"]:
            raise Refused(codes["address"])
        if operation not in app["capability"]:
            raise Refused(codes["capability"])
        if app["quota"] is not None and self.bench.charged_today(app["appId"]) >= app["quota"]:
            raise Refused(codes["quota"])

    def take(self, text, gone):
        """The token, used up from here on."""
        token = self.bench.tokens.get(text)
        if token is None or token["used"]:
            raise Refused(gone)
        token["used"] = True
        if self.bench.now() - token["minted"] >= s.TOKEN_LIFE_MS:
            raise Refused(gone)
        return token

    # ---- login ----------------------------------------------------------------------

    def login(self, request):
        m = fields(request)
        answer = {}
        with self.bench.lock:
            try:
                if request is None:
                    raise Refused("103412")
                msisdn = self.login_checked(m)
                code = "103000"
                answer = {"inresponseto": m["msgid"], "msisdn": msisdn, "taskId": s.new_id()}
            except Refused as refused:
                code = str(refused)
            self.bench.record("login", m.get("appid", ""), m.get("msgid", ""), m.get("token", ""), code, 200,
                              code == "103000", answer.get("taskId", ""))
        answer.update(resultCode=code, desc=DESCRIPTIONS[code], systemtime=self.bench.now17())
        return answer

    def login_checked(self, m):
        codes = CODES["login"]
        for name in ("version", "msgid", "systemtime", "strictcheck", "appid", "sign"):
            if m.get(name, "") == "":
                raise Refused("103414")
        if m.get("token", "") == "":
            raise Refused("103811")
        if len(m["msgid"]) > 36:
            raise Refused("103414")
        self.in_time(m["systemtime"], codes)
        app = self.bench.apps.get(m["appid"])
        if app is None:
            raise Refused(codes["app"])
        rsa = m.get("encryptionalgorithm") == "RSA"
        if rsa:
            good = s.rsa_verify(app["appSignPublicKey"], "sha256", s.login_rsa_text(m), hex2bin(m["sign"]))
        else:
            good = s.same(s.login_md5(m, app["appSecret"]), m["sign"].upper())
        if not good:
            raise Refused(codes["sign"])
        self.first_time(("login", m["appid"], m["msgid"]), codes)
        self.allowed(app, "login", m["strictcheck"] == "1", codes)
        token = self.take(m["token"], "104201")
        if token["appId"] != m["appid"]:
            raise Refused("103133")
        if token["kind"] != "login":
            raise Refused("105018")
        if not rsa:
            return token["phone"]
        return base64.b64encode(s.rsa_encrypt(app["appEncryptPublicKey"], s.utf8(token["phone"]))).decode()

    # ---- verify ---------------------------------------------------------------------

    def verify(self, request):
        m = {**fields((request or {}).get("header")), **fields((request or {}).get("body"))}
        header, body = {}, {}
        with self.bench.lock:
            try:
                if request is None:
                    raise Refused("303")
                match, sms = self.verify_checked(m)
                code = "000" if match else "001"
                header = {"msgId": m["msgId"], "appId": m["appId"]}
                body = {"message": m.get("message", ""), "taskId": s.new_id(),
                        "accessToken": s.new_id() if sms else ""}
            except Refused as refused:
                code = str(refused)
            self.bench.record("verify", m.get("appId", ""), m.get("msgId", ""), m.get("token", ""), code, 200,
                              code in ("000", "001"), body.get("taskId", ""))
        header.update(resultCode=code, timestamp=self.bench.now17())
        body["resultDesc"] = DESCRIPTIONS[code]
        return {"header": header, "body": body}

    def verify_checked(self, m):
        codes = CODES["verify"]
        for name in ("version", "msgId", "timestamp", "appId", "requesterType", "phoneNum", "token", "sign"):
            if m.get(name, "") == "":
                raise Refused("102")
        if m["requesterType"] == "0" and m.get("openType", "") == "":
            raise Refused("102")
        self.in_time(m["timestamp"], codes)
        app = self.bench.apps.get(m["appId"])
        if app is None:
            raise Refused(codes["app"])
        rsa = m.get("keyType") == "1"
        if rsa:
            good = s.rsa_verify(app["appSignPublicKey"], "md5", s.verify_text(m), base64_decode(m["sign"]))
        else:
            good = s.same(s.verify_hmac(m, app["appKey"]), m["sign"].upper())
        if not good:
            raise Refused(codes["sign"])
        self.first_time(("verify", m["appId"], m["msgId"]), codes)
        self.allowed(app, "verify", True, codes)
        token = self.take(m["token"], "606")
        if token["kind"] != "verify":
            raise Refused("002")
        if token["appId"] != m["appId"]:
            raise Refused("606")
        tail = app["appKey"] + m["timestamp"]
        if rsa:
            clear = s.rsa_decrypt(app["platformPrivateKey"], base64_decode(m["phoneNum"]))
            if clear is None or not clear.endswith(s.utf8(tail)):
                raise Refused("004")
            match = clear == s.utf8(token["phone"] + tail)
        else:
            if not re.fullmatch(r"[0-9A-Fa-f]{64}", m["phoneNum"]):
                raise Refused("004")
            match = m["phoneNum"].upper() == s.phone_hash(token["phone"], app["appKey"], m["timestamp"])
        return match, app["smsAssist"] and not match


if __name__ == "__main__":
    s.start(CarrierC, "C", "3000300000", "base64")
