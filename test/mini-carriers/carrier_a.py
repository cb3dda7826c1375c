#!/usr/bin/env python3
# Carrier A: nginx in front of a Java (Spring) service.
# The document speaks: MD5(appid+version+msgid+systemtime+strictcheck+token+APPSecret); "RSA" =
#  SHA256withRSA over (appid+token), hex; any other encryptionalgorithm is MD5. HMACSHA256 with appkey
#  over appId+msgId+phoneNum+timestamp+token+version; keyType 1 = MD5withRSA and phoneNum under the
#  platform key; other keyType = 0. "token在有效期内（2分钟）", "token还未使用过". strictcheck "1" checks
#  the address. openType needed when requesterType is 0. accessToken with 001 when configured.
# Silent, chosen here: order parameters > time > app > signature > address > capability > quota >
#  phoneNum form > token; a refused call never uses the token up; the time must be within 5 minutes;
#  msgid may repeat; hex in either case; phoneNum compared in either case; RSA at verify is strict
#  Base64; msisdn cipher is upper-case hex; numbers and booleans are read as text (Jackson), null is
#  missing, objects and broken JSON are HTTP 400 in Spring's form; unknown fields ignored; 404/405/413
#  are nginx HTML, 415 for another content type; refusals are HTTP 200 and echo msgid; taskId always.
import base64
import binascii
import json
import re
from http.server import BaseHTTPRequestHandler

import signing as s

WINDOW_MS = 5 * 60 * 1000
LOGIN_FIELDS = ("version", "msgid", "systemtime", "strictcheck", "appid", "expandparams", "token",
                "sign", "encryptionalgorithm")
HEADER_FIELDS = ("version", "msgId", "timestamp", "appId")
BODY_FIELDS = ("openType", "requesterType", "message", "expandParams", "keyType", "phoneNum", "token",
               "sign")
DESCRIPTIONS = {"000": "是本机号码", "001": "非本机号码", "004": "加密手机号码错误", "102": "参数无效",
                "124": "白名单校验失败", "302": "sign校验失败", "303": "参数解析错误",
                "606": "验证Token失败", "999": "系统异常", "103420": "本机号码校验能力使用权限不足"}
NGINX = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n" \
        "<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n"


class Refused(Exception):
    """A business refusal: its code."""


class Unreadable(Exception):
    """Jackson could not read the body."""


def texts(source, names):
    """String fields as Jackson binds them: scalars become text, null and absent become ''."""
    if source is None:
        source = {}
    if not isinstance(source, dict):
        raise Unreadable
    out = {}
    for name in names:
        value = source.get(name)
        if isinstance(value, (dict, list)):
            raise Unreadable
        if isinstance(value, bool):
            value = "true" if value else "false"
        out[name] = "" if value is None else str(value)
    return out


def from_hex(text):
    try:
        return bytes.fromhex(text) if re.fullmatch(r"[0-9A-Fa-f]+", text) else None
    except ValueError:
        return None


def from_base64(text):
    try:
        return base64.b64decode(s.utf8(text), validate=True)
    except binascii.Error:
        return None


class CarrierA(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "nginx/1.24.0", ""
    wbufsize, timeout = 65536, 30
    bench = None

    def log_message(self, *args):
        pass

    def version_string(self):
        return self.server_version

    def send(self, status, body, content_type, extra=()):
        data = s.utf8(body)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        for name, value in extra:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def send_json(self, status, value):
        self.send(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")),
                  "application/json;charset=UTF-8")

    def nginx(self, status, title, extra=()):
        self.send(status, NGINX.format("%d %s" % (status, title)), "text/html", extra)

    def spring(self, status, error, path):
        self.send_json(status, {"timestamp": self.bench.now17(), "status": status, "error": error,
                                "path": path})

    def any_method(self):
        path = self.path.split("?")[0]
        try:
            raw, too_large = s.read_body(self, 1024 * 1024)
        except ValueError:
            self.close_connection = True
            return self.nginx(400, "Bad Request")
        control = self.bench.control(self.command, path, raw)
        if control:
            return self.send_json(*control)
        if too_large:
            return self.nginx(413, "Request Entity Too Large")
        if path not in (s.LOGIN_PATH, s.VERIFY_PATH):
            return self.nginx(404, "Not Found")
        if self.command != "POST":
            return self.nginx(405, "Not Allowed", [("Allow", "POST")])
        operation = "login" if path == s.LOGIN_PATH else "verify"
        kind = self.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if kind != "application/json":
            self.bench.record(operation, "", "", "", "", 415, False)
            return self.spring(415, "Unsupported Media Type", path)
        try:
            request = json.loads(raw)
            if not isinstance(request, dict):
                raise Unreadable
            answer = self.login(request) if operation == "login" else self.verify(request)
        except (ValueError, RecursionError, Unreadable):
            self.bench.record(operation, "", "", "", "", 400, False)
            return self.spring(400, "Bad Request", path)
        self.send_json(200, answer)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_OPTIONS = any_method

    # ---- the two operations --------------------------------------------------------

    def login(self, request):
        m = texts(request, LOGIN_FIELDS)
        answer = {"inresponseto": m["msgid"], "systemtime": "", "resultCode": "", "taskId": s.new_id()}
        with self.bench.lock:  # one lock from the checks to the record: one use, one charge
            try:
                answer["msisdn"] = self.login_checked(m)
                answer["resultCode"] = "103000"
            except Refused as refused:
                answer["resultCode"] = str(refused)
            code = answer["resultCode"]
            self.bench.record("login", m["appid"], m["msgid"], m["token"], code, 200,
                              code == "103000", answer["taskId"])
        answer["systemtime"] = self.bench.now17()
        return answer

    def login_checked(self, m):
        for name in ("version", "msgid", "systemtime", "strictcheck", "appid", "sign"):
            if not m[name]:
                raise Refused("103414")
        if not m["token"]:
            raise Refused("103811")
        sent = s.read17(m["systemtime"])
        if m["version"] != "2.0" or len(m["msgid"]) > 36 or m["strictcheck"] not in ("0", "1") \
                or sent is None:
            raise Refused("103414")
        if abs(self.bench.now() - sent) > WINDOW_MS:
            raise Refused("105313")
        app = self.bench.apps.get(m["appid"])
        if app is None:
            raise Refused("103119")
        rsa = m["encryptionalgorithm"] == "RSA"
        if rsa:
            good = s.rsa_verify(app["appSignPublicKey"], "sha256", s.login_rsa_text(m), from_hex(m["sign"]))
        else:
            good = s.same(s.login_md5(m, app["appSecret"]), m["sign"].upper())
        if not good:
            raise Refused("103101")
        if m["strictcheck"] == "1" and self.client_address[0] not in app["ipWhitelist"]:
            raise Refused("103511")
        if "login" not in app["capability"]:
            raise Refused("105019")
        if app["quota"] is not None and self.bench.charged_today(app["appId"]) >= app["quota"]:
            raise Refused("105312")
        if not s.TOKEN_FORM.fullmatch(m["token"]):
            raise Refused("103113")
        token = self.live_token(m["token"], "104201")
        if token["appId"] != app["appId"]:
            raise Refused("103133")
        if token["kind"] != "login":
            raise Refused("105018")
        token["used"] = True
        if not rsa:
            return token["phone"]
        return s.rsa_encrypt(app["appEncryptPublicKey"], s.utf8(token["phone"])).hex().upper()

    def live_token(self, text, code):
        token = self.bench.tokens.get(text)
        if token is None or token["used"] or self.bench.now() - token["minted"] > s.TOKEN_LIFE_MS:
            raise Refused(code)
        return token

    def verify(self, request):
        m = texts(request.get("header"), HEADER_FIELDS)
        m.update(texts(request.get("body"), BODY_FIELDS))
        task = s.new_id()
        body = {"message": m["message"], "resultDesc": "", "expandParams": m["expandParams"], "taskId": task}
        with self.bench.lock:
            try:
                code, sms = self.verify_checked(m)
                if sms:
                    body["accessToken"] = s.new_id()
            except Refused as refused:
                code = str(refused)
            self.bench.record("verify", m["appId"], m["msgId"], m["token"], code, 200,
                              code in ("000", "001"), task)
        body["resultDesc"] = DESCRIPTIONS[code]
        return {"header": {"msgId": m["msgId"], "timestamp": self.bench.now17(), "appId": m["appId"],
                           "resultCode": code}, "body": body}

    def verify_checked(self, m):
        for name in ("version", "msgId", "timestamp", "appId", "requesterType", "phoneNum", "token", "sign"):
            if not m[name]:
                raise Refused("102")
        if m["version"] != "1.0" or len(m["msgId"]) > 36 or m["requesterType"] not in ("0", "1"):
            raise Refused("102")
        if m["openType"] not in (("0", "1", "2", "3") if m["requesterType"] == "0" else
                                 ("", "0", "1", "2", "3")):
            raise Refused("102")
        sent = s.read17(m["timestamp"])
        if sent is None:
            raise Refused("303")
        if abs(self.bench.now() - sent) > WINDOW_MS:
            raise Refused("102")
        app = self.bench.apps.get(m["appId"])
        if app is None:
            raise Refused("102")
        rsa = m["keyType"] == "1"
        if rsa:
            good = s.rsa_verify(app["appSignPublicKey"], "md5", s.verify_text(m), from_base64(m["sign"]))
        else:
            good = s.same(s.verify_hmac(m, app["appKey"]), m["sign"].upper())
        if not good:
            raise Refused("302")
        if self.client_address[0] not in app["ipWhitelist"]:
            raise Refused("124")
        if "verify" not in app["capability"]:
            raise Refused("103420")
        if app["quota"] is not None and self.bench.charged_today(app["appId"]) >= app["quota"]:
            raise Refused("999")
        tail = app["appKey"] + m["timestamp"]
        if rsa:
            clear = s.rsa_decrypt(app["platformPrivateKey"], from_base64(m["phoneNum"]))
            if clear is None or not clear.endswith(s.utf8(tail)):
                raise Refused("004")
        elif not re.fullmatch(r"[0-9A-Fa-f]{64}", m["phoneNum"]):
            raise Refused("004")
        token = self.live_token(m["token"], "606")
        if token["appId"] != app["appId"] or token["kind"] != "verify":
            raise Refused("606")
        token["used"] = True
        if rsa:
            match = clear == s.utf8(token["phone"] + tail)
        else:
            match = m["phoneNum"].upper() == s.phone_hash(token["phone"], app["appKey"], m["timestamp"])
        return ("000", False) if match else ("001", app["smsAssist"])


if __name__ == "__main__":
    s.start(CarrierA, "A", "3000100000", "HEX")
