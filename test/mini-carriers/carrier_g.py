#!/usr/bin/env python3
# Carrier G: Python behind a schema validator; types first; login and verify were written by two teams.
import json, re
from http.server import BaseHTTPRequestHandler

import signing as s

class Refused(Exception):
    def __init__(self, code, desc="", status=200):
        super().__init__(code); self.code, self.desc, self.status = code, desc, status

REQUIRED = {"login": ("version", "msgid", "systemtime", "strictcheck", "appid", "token", "sign"),
            "header": ("version", "msgId", "timestamp", "appId"),
            "body": ("requesterType", "phoneNum", "token", "sign")}
OPTIONAL = {"login": ("expandparams", "encryptionalgorithm"), "header": (), "body": ("openType", "message", "expandParams", "keyType")}

class CarrierG(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"; wbufsize, timeout = 65536, 30; bench = None; seen = set()
    def log_message(self, *a): pass
    def out(self, value, status=200, kind="application/json"):
        data = s.utf8(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        self.send_response(status); self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data))); self.end_headers(); self.wfile.write(data)
    def do_POST(self):
        path = self.path.split("?")[0]
        raw, _ = s.read_body(self, 1 << 20)
        c = self.bench.control(self.command, path, raw)
        if c: return self.out(c[1], c[0])
        with self.bench.lock:
            if path == s.LOGIN_PATH: return self.login(raw)
            if path == s.VERIFY_PATH: return self.verify(raw)
        self.out({"error": "Not Found"}, 404)
    def other(self):
        s.read_body(self, 1 << 20)
        self.out({"error": "Method Not Allowed"}, 405)
    do_GET = do_PUT = do_PATCH = do_DELETE = other
    def parse(self, raw, code):
        try:
            v = json.loads(raw)
        except ValueError:
            raise Refused(code, "invalid json", 400)
        if not isinstance(v, dict): raise Refused(code, "object expected", 400)
        return v
    def schema(self, v, part, type_code, missing_code, extra_code=None):
        for n in REQUIRED[part]:
            if n not in v: raise Refused(missing_code(n), "field required: " + n)
        for n in REQUIRED[part] + OPTIONAL[part]:
            if v.get(n) is None and (n not in v or n in OPTIONAL[part]): continue
            if not isinstance(v[n], str): raise Refused(type_code, "str type expected: " + n)
        if extra_code:
            for n in v:
                if n not in REQUIRED[part] + OPTIONAL[part]: raise Refused(extra_code, "extra fields not permitted")
    # ---- login
    def login(self, raw):
        m = {}
        try:
            m = self.parse(raw, "103412")
            ms = self.login_checked(m)
            return self.out({"inresponseto": m["msgid"], "systemtime": self.bench.now17(), "resultCode": "103000", "msisdn": ms, "taskId": s.new_id().upper()})
        except Refused as r:
            msgid = m.get("msgid")
            self.out({"inresponseto": msgid if isinstance(msgid, str) else "", "systemtime": self.bench.now17(), "resultCode": r.code, "desc": r.desc or "refused"}, r.status)
    def login_checked(self, m):
        self.schema(m, "login", "103211", lambda n: "103414")
        for n in REQUIRED["login"]:
            if m[n] == "": raise Refused("103811" if n == "token" else "103414", "empty: " + n)
        if m["version"] not in ("1.0", "2.0"): raise Refused("103414", "version")
        if not 1 <= len(m["msgid"]) <= 36: raise Refused("103414", "msgid")
        if m["strictcheck"] not in ("0", "1"): raise Refused("103414", "strictcheck")
        at = s.read17(m["systemtime"])
        if at is None: raise Refused("103414", "systemtime")
        if len(m["token"]) > 64 or not m["token"].startswith("STsid"): raise Refused("103113", "token")
        app = self.bench.apps.get(m["appid"])
        if app is None: raise Refused("103119", "appid")
        rsa = m.get("encryptionalgorithm") == "RSA"
        if rsa:
            try: sig = bytes.fromhex(m["sign"])
            except ValueError: sig = None
            good = s.rsa_verify(app["appSignPublicKey"], "sha256", s.login_rsa_text(m), sig)
        else: good = s.same(s.login_md5(m, app["appSecret"]), m["sign"].upper())
        if not good: raise Refused("103101", "sign")
        if abs(at - self.bench.now()) > 600_000: raise Refused("103412", "expired")
        if m["msgid"] in self.seen: raise Refused("103414", "replay")
        self.seen.add(m["msgid"])
        t = self.bench.tokens.get(m["token"])
        if t is None or t["used"] or self.bench.now() - t["minted"] >= s.TOKEN_LIFE_MS: raise Refused("104201", "token")
        t["used"] = True
        if t["appId"] != m["appid"]: raise Refused("103133")
        if t["kind"] != "login": raise Refused("105018")
        return s.rsa_encrypt(app["appEncryptPublicKey"], s.utf8(t["phone"])).hex().upper() if rsa else t["phone"]
    # ---- verify
    def verify(self, raw):
        v = {}; h = {}
        try:
            v = self.parse(raw, "303"); h = v.get("header") if isinstance(v.get("header"), dict) else {}
            code = self.verify_checked(v)
            body = {"resultDesc": code, "message": v["body"].get("message", ""), "taskId": s.new_id().upper()}
            if v["body"].get("expandParams"): body["expandParams"] = v["body"]["expandParams"]
            self.out({"header": {"appId": h["appId"], "msgId": h["msgId"], "resultCode": code, "timestamp": self.bench.now17()}, "body": body})
        except Refused as r:
            self.out({"header": {"msgId": h.get("msgId"), "resultCode": r.code, "timestamp": self.bench.now17()}, "body": {"resultDesc": r.code, "taskId": s.new_id().upper()}}, r.status)
    def verify_checked(self, v):
        for part in ("header", "body"):
            if not isinstance(v.get(part), dict): raise Refused("303", part)
        h, b = v["header"], v["body"]
        app = self.bench.apps.get(h.get("appId")) if isinstance(h.get("appId"), str) else None
        self.schema(h, "header", "303", lambda n: "102", "102")
        self.schema(b, "body", "303", lambda n: "102", "102")
        m = {**h, **{k: x for k, x in b.items() if x is not None}}
        for n in REQUIRED["header"] + REQUIRED["body"]:
            if m[n] == "": raise Refused("102", n)
        if app is None: raise Refused("102", "appId")
        if not re.fullmatch(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", m["msgId"]): raise Refused("102", "msgId")
        if not re.fullmatch(r"\d{17}", m["timestamp"]): raise Refused("102", "timestamp")
        if m["requesterType"] not in ("0", "1"): raise Refused("102", "requesterType")
        t = self.bench.tokens.get(m["token"])
        if t is None: raise Refused("606")
        rsa = m.get("keyType") == "1"
        def b64(x):
            import base64
            try: return base64.b64decode(x, validate=True)
            except ValueError: return None
        good = s.rsa_verify(app["appSignPublicKey"], "md5", s.verify_text(m), b64(m["sign"])) if rsa else s.same(s.verify_hmac(m, app["appKey"]), m["sign"])
        if not good: raise Refused("302")
        tail = app["appKey"] + m["timestamp"]
        if rsa:
            clear = s.rsa_decrypt(app["platformPrivateKey"], b64(m["phoneNum"]))
            if clear is None or not clear.endswith(s.utf8(tail)): raise Refused("004")
            is_own = clear == s.utf8(t["phone"] + tail)
        else:
            if not re.fullmatch(r"[0-9A-Fa-f]{64}", m["phoneNum"]): raise Refused("004")
            is_own = m["phoneNum"] == s.phone_hash(t["phone"], app["appKey"], m["timestamp"])
        if t["used"] or self.bench.now() - t["minted"] >= s.TOKEN_LIFE_MS or t["appId"] != m["appId"]: raise Refused("606")
        if t["kind"] != "verify": raise Refused("103420")
        if "openType" in m and m["openType"] not in ("0", "1", "2", "3"): raise Refused("102", "openType")
        t["used"] = True
        return "000" if is_own else "001"

if __name__ == "__main__":
    s.start(CarrierG, "G", "3000700000", "hex")
