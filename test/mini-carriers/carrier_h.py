#!/usr/bin/env python3
# Carrier H: one service in three deployments, by the document alone. STYLE=signature checks the signature before anything
# else that it can; STYLE=fields stops at the first field that is missing or wrong, in the order of the document's table;
# STYLE=gateway is the second behind a gateway that answers another Content-Type with a page.
import base64, json, os, re
from http.server import BaseHTTPRequestHandler

import signing as s

STYLE = os.environ.get("STYLE", "fields")

class Refused(Exception):
    def __init__(self, code):
        super().__init__(code); self.code = code

def need(condition, code):
    if not condition: raise Refused(code)

class Login:
    path, success = s.LOGIN_PATH, "103000"
    fields = (("version", r"1\.0|2\.0", "103414"), ("msgid", r"(?s).{1,36}", "103414"), ("systemtime", r"[0-9]{17}", "103414"),
              ("strictcheck", r"[01]", "103414"), ("appid", r"(?s).+", "103414"), ("token", r"(?s).+", "103811"),
              ("sign", r"(?s).+", "103414"))
    unreadable, no_string, app_unknown, bad_sign, no_token, other_kind, other_app = "103412", "103211", "103119", "103101", "104201", "105018", "103133"
    def read(self, v): return v if isinstance(v, dict) else None
    def app_id(self, m): return m.get("appid")
    def signed(self, m, app):
        if m.get("encryptionalgorithm") == "RSA":
            sign = bytes.fromhex(m["sign"]) if re.fullmatch("([0-9a-fA-F]{2})+", m["sign"]) else None
            return s.rsa_verify(app["appSignPublicKey"], "sha256", s.login_rsa_text(m), sign)
        return s.same(s.login_md5(m, app["appSecret"]), m["sign"].upper())
    def finish(self, m, app, token):
        if m.get("encryptionalgorithm") != "RSA": return "103000", {"msisdn": token["phone"]}
        return "103000", {"msisdn": s.rsa_encrypt(app["appEncryptPublicKey"], s.utf8(token["phone"])).hex().upper()}
    def answer(self, m, code, now, extra):
        return {"inresponseto": m.get("msgid") if isinstance(m.get("msgid"), str) else "", "systemtime": now, "resultCode": code,
                **({} if code == "103000" else {"desc": "refused"}), "taskId": s.new_id(), **extra}

class Verify:
    path, success = s.VERIFY_PATH, "000"
    fields = (("version", r"1\.0", "102"), ("msgId", r"(?s).{1,36}", "102"), ("timestamp", r"[0-9]{17}", "102"), ("appId", r"(?s).+", "102"),
              ("openType", r"[0-3]", "102"), ("requesterType", r"[01]", "102"), ("phoneNum", r"(?s).+", "102"), ("token", r"(?s).+", "102"), ("sign", r"(?s).+", "102"))
    unreadable, no_string, app_unknown, bad_sign, no_token, other_kind, other_app = "303", "102", "102", "302", "606", "103420", "606"
    def read(self, v):
        if not isinstance(v, dict) or not all(isinstance(v.get(p), dict) for p in ("header", "body")): return None
        return {**v["body"], **v["header"]}
    def app_id(self, m): return m.get("appId")
    def signed(self, m, app):
        if m.get("keyType") != "1": return s.same(s.verify_hmac(m, app["appKey"]), m["sign"].upper())
        return s.rsa_verify(app["appSignPublicKey"], "md5", s.verify_text(m), self.decoded(m["sign"]))
    def decoded(self, text):
        try: return base64.b64decode(text, validate=True)
        except ValueError: return None
    def finish(self, m, app, token):
        tail = app["appKey"] + m["timestamp"]
        if m.get("keyType") == "1":
            clear = s.rsa_decrypt(app["platformPrivateKey"], self.decoded(m["phoneNum"]))
            need(clear is not None and clear.endswith(s.utf8(tail)), "004")
            is_own = clear == s.utf8(token["phone"] + tail)
        else:
            need(re.fullmatch(r"[0-9A-Fa-f]{64}", m["phoneNum"]), "004")
            is_own = m["phoneNum"].upper() == s.phone_hash(token["phone"], app["appKey"], m["timestamp"])
        return ("000" if is_own else "001"), {}
    def answer(self, m, code, now, extra):
        text = lambda n: m.get(n) if isinstance(m.get(n), str) else ""
        body = {"resultDesc": code, "message": text("message"), "taskId": s.new_id()}
        if text("expandParams"): body["expandParams"] = text("expandParams")
        return {"header": {"appId": text("appId"), "msgId": text("msgId"), "resultCode": code, "timestamp": now}, "body": body}

class CarrierH(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"; wbufsize, timeout = 65536, 30; bench = None
    def log_message(self, *a): pass
    def out(self, value, status=200, kind="application/json;charset=UTF-8"):
        data = s.utf8(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        self.send_response(status); self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data))); self.end_headers(); self.wfile.write(data)
    def do_POST(self):
        path = self.path.split("?")[0]
        raw, is_large = s.read_body(self, 1 << 16)
        c = self.bench.control(self.command, path, raw)
        if c: return self.out(c[1], c[0])
        if STYLE == "gateway" and "json" not in self.headers.get("Content-Type", ""):
            return self.out("<html><body><h1>415 Unsupported Media Type</h1></body></html>", 415, "text/html")
        for operation in (Login(), Verify()):
            if path == operation.path:
                with self.bench.lock: return self.serve(operation, b"" if is_large else raw)
        self.out("<html><body><h1>404 Not Found</h1></body></html>", 404, "text/html")
    def other(self):
        s.read_body(self, 1 << 20)
        self.out("<html><body><h1>405 Not Allowed</h1></body></html>", 405, "text/html")
    do_GET = do_PUT = do_PATCH = do_DELETE = other
    def serve(self, operation, raw):
        m = {}
        try:
            try: v = json.loads(raw)
            except ValueError: raise Refused(operation.unreadable)
            read = operation.read(v)
            need(read is not None, operation.unreadable)
            m = read
            code, extra = self.checked(operation, m)
        except Refused as r:
            code, extra = r.code, {}
        self.out(operation.answer(m, code, self.bench.now17(), extra))
    def checked(self, operation, m):
        checks = [self.fields, self.app, self.sign]
        if STYLE == "signature": checks = [self.app, self.sign, self.fields]
        for check in checks: check(operation, m)
        app = self.bench.apps[operation.app_id(m)]
        token = self.bench.tokens.get(m["token"])
        need(token and not token["used"] and self.bench.now() - token["minted"] < s.TOKEN_LIFE_MS, operation.no_token)
        need(token["appId"] == app["appId"], operation.other_app)
        need(token["kind"] == ("login" if operation.success == "103000" else "verify"), operation.other_kind)
        code, extra = operation.finish(m, app, token)
        token["used"] = True
        return code, extra
    def fields(self, operation, m):
        for name, form, code in operation.fields:
            # 运营商类型: for an app, so a page (requesterType 1) has none.
            if name == "openType" and name not in m and m.get("requesterType") == "1": continue
            need(isinstance(m.get(name, ""), str), operation.no_string)
            need(re.fullmatch(form, m.get(name, "")), code)
        for name in m: need(isinstance(m[name], str), operation.no_string)
    def app(self, operation, m):
        need(isinstance(operation.app_id(m), str) and operation.app_id(m) in self.bench.apps, operation.app_unknown)
    def sign(self, operation, m):
        # What a signature needs: a text that is absent is signed as nothing.
        texts = {**{name: "" for name, _, _ in operation.fields}, **m}
        need(all(isinstance(texts[name], str) for name, _, _ in operation.fields), operation.no_string)
        need(operation.signed(texts, self.bench.apps[operation.app_id(m)]), operation.bad_sign)

if __name__ == "__main__":
    s.start(CarrierH, "H", "3000800000", "hex")
