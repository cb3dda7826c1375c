"""Proves the carriers C and D. Run: python3 -m unittest -v test_carriers (in this folder).

The requests are signed here with hashlib, hmac and the openssl command, not with signing.py.
"""
import base64
import hashlib
import hmac
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
import uuid
from urllib.parse import urlsplit

import signing

HERE = os.path.dirname(os.path.abspath(__file__))
VECTORS = os.path.join(HERE, "..", "..", "fixtures", "vectors")
LOGIN, VERIFY = "/unisdk/rsapi/loginTokenValidate", "/openapi/rs/tokenValidate"
PHONE, OTHER = "13800138000", "13900139000"


def openssl(data, *words, key=None):
    """One openssl command on data, with key (Base64 DER) in a file named by KEY in words."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(base64.b64decode(key))
        file.flush()
        words = [file.name if w == "KEY" else w for w in words]
        return subprocess.run(["openssl"] + words, input=data, capture_output=True, check=True).stdout


def rsa_sign(text, digest, key):
    return openssl(text.encode(), "dgst", "-" + digest, "-keyform", "DER", "-sign", "KEY", key=key)


class Vectors(unittest.TestCase):
    """signing.py against the shared vectors."""

    def groups(self, name):
        path = os.path.join(VECTORS, name)
        if not os.path.exists(path):
            self.skipTest("no vectors")
        with open(path) as file:
            return json.load(file)["testGroups"]

    def test_login_md5(self):
        for g in self.groups("login-md5.json"):
            for t in g["tests"]:
                want = signing.login_md5(t["message"], g["appSecret"])
                got = t["sign"].upper() if t["result"] == "acceptable" else t["sign"]
                self.assertEqual(want == got, t["result"] != "invalid", t["comment"])

    def test_login_rsa(self):
        for g in self.groups("login-rsa.json"):
            for t in g["tests"]:
                try:
                    sign = bytes.fromhex(t["sign"])
                except ValueError:
                    sign = None
                good = signing.rsa_verify(g["appVerifyKey"], "sha256", signing.login_rsa_text(t["message"]), sign)
                self.assertEqual(good, t["result"] == "valid", t["comment"])

    def test_verify(self):
        for g in self.groups("token-validate-hmac.json"):
            for t in g["tests"]:
                want = signing.verify_hmac({**t["message"]["header"], **t["message"]["body"]}, g["appKey"])
                got = t["sign"].upper() if t["result"] == "acceptable" else t["sign"]
                self.assertEqual(want == got, t["result"] != "invalid", t["comment"])
        for g in self.groups("token-validate-rsa.json"):
            for t in g["tests"]:
                m = {**t["message"]["header"], **t["message"]["body"]}
                sign = base64.b64decode(t["sign"])
                good = signing.rsa_verify(g["appVerifyKey"], "md5", signing.verify_text(m), sign)
                self.assertEqual(good, t["result"] != "invalid", t["comment"])
                clear = signing.rsa_decrypt(g["platformPrivateKey"], base64.b64decode(m["phoneNum"]))
                self.assertEqual(clear.decode(), g["phoneNumber"] + g["appKey"] + m["timestamp"])

    def test_phone(self):
        for g in self.groups("token-validate-phone-num.json"):
            for t in g["tests"]:
                got = signing.phone_hash(t["phoneNumber"], g["appKey"], g["timestamp"])
                self.assertEqual(got == t["phoneNum"], t["result"] == "valid", t["comment"])
        for g in self.groups("login-msisdn.json"):
            for t in g["tests"]:
                clear = signing.rsa_decrypt(g["privatePkcs8Base64"], bytes.fromhex(t["ciphertext"]))
                self.assertEqual(clear.decode(), t["msisdn"])


class Base:
    """What every carrier must do. Subclasses name the program and its choices."""
    program = ""
    unknown_verify_app = ""

    @classmethod
    def setUpClass(cls):
        cls.process = subprocess.Popen([sys.executable, os.path.join(HERE, cls.program), "--port", "0"],
                                       stdout=subprocess.PIPE, text=True)
        cls.info = json.loads(cls.process.stdout.readline())
        cls.address = urlsplit(cls.info["url"]).netloc
        cls.apps = {a["name"]: a for a in cls.info["apps"]}
        cls.app = cls.apps["full"]

    @classmethod
    def tearDownClass(cls):
        cls.process.terminate()
        cls.process.wait()
        cls.process.stdout.close()

    # ---- a client -----------------------------------------------------------------

    def http(self, method, path, body=None, headers=None, source=None):
        c = http.client.HTTPConnection(self.address, timeout=20, source_address=source)
        try:
            c.request(method, path, body, {"Content-Type": "application/json"} if headers is None else headers)
            r = c.getresponse()
            return r.status, r.getheaders(), r.read()
        finally:
            c.close()

    def post(self, path, value, **more):
        status, _, data = self.http("POST", path, json.dumps(value).encode(), **more)
        return status, json.loads(data)

    def mint(self, kind, app=None, phone=PHONE):
        return self.post("/mint", {"appId": (app or self.app)["appId"], "phone": phone, "operation": kind})[1]["token"]

    def now(self, advance=0):
        return self.post("/clock", {"advanceMs": advance})[1]["now"]

    def calls(self):
        return json.loads(self.http("GET", "/calls")[2])["calls"]

    def login_body(self, token, rsa=False, app=None, **change):
        app = app or self.app
        m = {"version": "2.0", "msgid": uuid.uuid4().hex, "systemtime": self.now(), "strictcheck": "0",
             "appid": app["appId"], "token": token, "expandparams": "",
             "encryptionalgorithm": "RSA" if rsa else ""}
        m.update(change)
        if rsa:
            m["sign"] = rsa_sign(m["appid"] + m["token"], "sha256", app["appSignPrivateKey"]).hex()
        else:
            text = "".join(m[n] for n in ("appid", "version", "msgid", "systemtime", "strictcheck", "token"))
            m["sign"] = hashlib.md5((text + app["appSecret"]).encode()).hexdigest().upper()
        m.update(change)
        return m

    def verify_body(self, token, phone=PHONE, rsa=False, app=None, lower_phone=False, **change):
        app = app or self.app
        h = {"version": "1.0", "msgId": uuid.uuid4().hex.upper(), "timestamp": self.now(), "appId": app["appId"]}
        h.update({k: v for k, v in change.items() if k in h})
        clear = (phone + app["appKey"] + h["timestamp"]).encode()
        if rsa:
            hidden = base64.b64encode(openssl(clear, "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER",
                                              "-inkey", "KEY", key=app["platformPublicKey"])).decode()
        else:
            hidden = hashlib.sha256(clear).hexdigest()
            hidden = hidden if lower_phone else hidden.upper()
        b = {"openType": "1", "requesterType": "0", "token": token, "phoneNum": hidden}
        if rsa:
            b["keyType"] = "1"
        b.update({k: v for k, v in change.items() if k not in h})
        m = {**h, **b}
        text = "".join(m[n] for n in ("appId", "msgId", "phoneNum", "timestamp", "token", "version"))
        if rsa:
            b["sign"] = base64.b64encode(rsa_sign(text, "md5", app["appSignPrivateKey"])).decode()
        else:
            b["sign"] = hmac.new(app["appKey"].encode(), text.encode(), hashlib.sha256).hexdigest().upper()
        if "sign" in change:
            b["sign"] = change["sign"]
        return {"header": h, "body": b}

    def login(self, token, **more):
        return self.post(LOGIN, self.login_body(token, **more))[1]

    def verify(self, token, **more):
        return self.post(VERIFY, self.verify_body(token, **more))[1]

    def login_code(self, token, **more):
        return self.login(token, **more)["resultCode"]

    def verify_code(self, token, **more):
        return self.verify(token, **more)["header"]["resultCode"]

    # ---- success ---------------------------------------------------------------------

    def test_login_md5(self):
        a = self.login(self.mint("login"), msgid="m" * 36)
        self.assertEqual((a["resultCode"], a["msisdn"], a["inresponseto"]), ("103000", PHONE, "m" * 36))
        self.assertEqual((len(a["systemtime"]), len(a["taskId"])), (17, 32))
        last = self.calls()[-1]
        self.assertEqual((last["charged"], last["resultCode"], last["taskId"]), (True, "103000", a["taskId"]))

    def test_login_rsa(self):
        for name in ("full", "loginOnly"):  # 1024 and 2048 bits
            app = self.apps[name]
            a = self.login(self.mint("login", app), rsa=True, app=app)
            self.assertEqual(a["resultCode"], "103000")
            if self.info["msisdnEncoding"] == "base64":
                cipher = base64.b64decode(a["msisdn"], validate=True)
            else:
                cipher = bytes.fromhex(a["msisdn"])
                self.assertEqual(a["msisdn"], a["msisdn"].upper())
            clear = openssl(cipher, "pkeyutl", "-decrypt", "-keyform", "DER", "-inkey", "KEY",
                            key=app["appEncryptPrivateKey"])
            self.assertEqual(clear.decode(), PHONE)

    def test_verify_hmac(self):
        body = self.verify_body(self.mint("verify"))
        a = self.post(VERIFY, body)[1]
        self.assertEqual((a["header"]["resultCode"], a["header"]["msgId"], a["header"]["appId"]),
                         ("000", body["header"]["msgId"], self.app["appId"]))
        self.assertEqual(a["body"]["resultDesc"], "是本机号码")
        self.assertFalse(a["body"].get("accessToken"))
        self.assertTrue(self.calls()[-1]["charged"])

    def test_verify_rsa(self):
        self.assertEqual(self.verify_code(self.mint("verify"), rsa=True), "000")
        self.assertEqual(self.verify_code(self.mint("verify"), rsa=True, phone=OTHER), "001")

    def test_another_number(self):
        a = self.verify(self.mint("verify"), phone=OTHER)
        self.assertEqual((a["header"]["resultCode"], a["body"]["resultDesc"]), ("001", "非本机号码"))
        self.assertTrue(a["body"]["accessToken"])
        self.assertTrue(self.calls()[-1]["charged"])
        app = self.apps["verifyOnly"]  # no SMS aid: no accessToken
        a = self.verify(self.mint("verify", app), app=app, phone=OTHER)
        self.assertEqual((a["header"]["resultCode"], a["body"].get("accessToken", "")), ("001", ""))

    def test_other_key_types_are_the_default(self):
        self.assertEqual(self.verify_code(self.mint("verify"), keyType="7"), "000")
        self.assertEqual(self.login_code(self.mint("login"), encryptionalgorithm="rsa"), "103000")

    # ---- refusal ------------------------------------------------------------------------

    def test_second_use(self):
        for rsa in (False, True):
            token = self.mint("login")
            self.assertEqual([self.login_code(token, rsa=rsa) for _ in "12"], ["103000", "104201"])
            self.assertFalse(self.calls()[-1]["charged"])
            for phone, code in ((PHONE, "000"), (OTHER, "001")):
                token = self.mint("verify")
                self.assertEqual([self.verify_code(token, rsa=rsa, phone=phone) for _ in "12"], [code, "606"])
                self.assertFalse(self.calls()[-1]["charged"])

    def test_expired(self):
        login, verify = self.mint("login"), self.mint("verify")
        self.now(110_000)
        self.assertEqual(self.login_code(self.mint("login")), "103000")
        self.now(11_000)
        self.assertEqual(self.login_code(login), "104201")
        self.assertEqual(self.verify_code(verify), "606")
        login, verify = self.mint("login"), self.mint("verify")
        self.now(115_000)
        self.assertEqual((self.login_code(login), self.verify_code(verify)), ("103000", "000"))

    def test_wrong_signature(self):
        wrong = {"login": {False: "0" * 32, True: "00" * 128},
                 "verify": {False: "0" * 64, True: base64.b64encode(bytes(128)).decode()}}
        for rsa in (False, True):
            token = self.mint("login")
            self.assertEqual(self.login_code(token, rsa=rsa, sign=wrong["login"][rsa]), "103101")
            self.assertFalse(self.calls()[-1]["charged"])
            self.assertEqual(self.login_code(token, rsa=rsa), "103000")
            token = self.mint("verify")
            self.assertEqual(self.verify_code(token, rsa=rsa, sign=wrong["verify"][rsa]), "302")
            self.assertFalse(self.calls()[-1]["charged"])
            self.assertEqual(self.verify_code(token, rsa=rsa), "000")
        spoiled = dict(self.app, appSecret="X", appKey="Y", appSignPrivateKey=self.apps["verifyOnly"]["appSignPrivateKey"])
        for rsa in (False, True):
            self.assertEqual(self.login_code(self.mint("login"), rsa=rsa, app=spoiled), "103101")
            self.assertEqual(self.verify_code(self.mint("verify"), rsa=rsa, app=spoiled), "302")
        self.assertEqual(self.login_code(self.mint("login", self.apps["noRsaKeys"]), rsa=True, app=dict(
            self.apps["noRsaKeys"], appSignPrivateKey=self.app["appSignPrivateKey"])), "103101")

    def test_simultaneous_uses(self):
        for path, kind, build, good, gone in ((LOGIN, "login", self.login_body, "103000", "104201"),
                                              (VERIFY, "verify", self.verify_body, "000", "606")):
            for rsa in (False, True):
                before = sum(c["charged"] for c in self.calls())
                token = self.mint(kind)
                bodies = [build(token, rsa=rsa) for _ in range(12)]
                gate, codes = threading.Barrier(len(bodies)), []

                def call(body):
                    gate.wait()
                    a = self.post(path, body)[1]
                    codes.append(a.get("resultCode") or a["header"]["resultCode"])

                threads = [threading.Thread(target=call, args=(b,)) for b in bodies]
                for t in threads:
                    t.start()
                for t in threads:
                    t.join()
                self.assertEqual(sorted(codes), sorted([good] + [gone] * 11))
                self.assertEqual(sum(c["charged"] for c in self.calls()) - before, 1)

    def test_apps(self):
        only, foreign, two = self.apps["verifyOnly"], self.apps["foreignIp"], self.apps["twoCalls"]
        self.assertEqual(self.login_code(self.mint("login", only), app=only), "105019")
        only = self.apps["loginOnly"]
        self.assertEqual(self.verify_code(self.mint("verify", only), app=only), "103420")
        self.assertEqual(self.login_code(self.mint("login", foreign), app=foreign, strictcheck="1"), "103511")
        self.assertEqual(self.login_code(self.mint("login", foreign), app=foreign), "103000")
        self.assertEqual(self.verify_code(self.mint("verify", foreign), app=foreign), "124")
        self.assertEqual(self.login_code(self.mint("login", two), app=two), "103000")
        self.assertEqual(self.verify_code(self.mint("verify", two), app=two), "000")
        self.assertEqual(self.login_code(self.mint("login", two), app=two), "105312")
        self.assertEqual(self.verify_code(self.mint("verify", two), app=two), self.spent_verify)
        unlisted = dict(self.app, appId="9999")
        self.assertEqual(self.login_code(self.mint("login"), app=unlisted), "103119")
        self.assertEqual(self.verify_code(self.mint("verify"), app=unlisted), self.unknown_verify_app)

    def test_tokens_of_another_kind_or_app(self):
        other = self.apps["foreignIp"]
        self.assertEqual(self.login_code(self.mint("verify")), "105018")
        self.assertEqual(self.login_code(self.mint("login", other)), "103133")
        self.assertEqual(self.verify_code(self.mint("login")), self.kind_verify)
        self.assertEqual(self.verify_code(self.mint("verify", other)), "606")
        self.assertEqual(self.login_code("nonsense"), self.bad_token_form)
        self.assertEqual(self.login_code("STsid" + "0" * 51), "104201")
        self.assertEqual(self.login_code(""), "103811")

    def test_strange_bodies_are_answered(self):
        strange = ["", "{", "[]", "null", '"x"', "1", "NaN", '{"header":[],"body":1}', '{"header":null}', "[" * 100000,
                   '{"msgid":"\\ud800","appid":"\\ud800","token":"\\ud800"}', '{"appid":{"a":1}}', '{"token":1e999}',
                   '{"header":{"msgId":true,"appId":12,"timestamp":2.5},"body":{"token":null}}', b"\xff\xfe{"]
        for path in (LOGIN, VERIFY):
            for body in strange:
                status, _, data = self.http("POST", path, body if isinstance(body, bytes) else body.encode())
                self.assertLess(status, 500)
                self.assertTrue(data)
            full = {k: "\ud800" for k in self.login_body("x")}
            self.assertLess(self.http("POST", LOGIN, json.dumps(full).encode())[0], 500)
            chunks = (c for c in (b'{"appid":', b'"1"}'))
            headers = {"Content-Type": "application/json"}  # http.client makes it chunked
            self.assertLess(self.http("POST", path, chunks, headers)[0], 500)

    def wire(self, method, path, body=b"{}", kind="application/json"):
        status, headers, data = self.http(method, path, body, {"Content-Type": kind} if kind else {})
        return status, dict(headers).get("Content-Type"), data

    def first_error(self, **change):
        """The code of a login with an unknown app, a wrong signature and a used token at once."""
        token = self.mint("login")
        self.login_code(token)
        return self.login_code(token, sign="0" * 32, **change)


class TestC(Base, unittest.TestCase):
    program = "carrier_c.py"
    unknown_verify_app, spent_verify, kind_verify, bad_token_form = "999", "103420", "002", "104201"

    def test_choices(self):
        for method, path in (("POST", "/x"), ("GET", LOGIN), ("PUT", "/")):
            status, kind, data = self.wire(method, path, b"")
            self.assertEqual((status, kind), (200, "text/html; charset=UTF-8"))
            self.assertEqual(json.loads(data)["resultCode"], "103412")
        body = json.dumps(self.verify_body(self.mint("verify"))).encode()
        data = self.wire("PUT", "/index.php/tokenValidate", body, "text/plain")[2]
        self.assertIn(b'"resultDesc":"\\u662f', data)
        self.assertEqual(self.first_error(), "103101")
        now = signing.read17(self.now())
        for shift, code in ((-3_500_000, "103000"), (-3_700_000, "103412"), (590_000, "103000"), (700_000, "103412")):
            self.assertEqual(self.login_code(self.mint("login"), systemtime=signing.write17(now + shift)), code)
        first = self.login_body(self.mint("login"))
        self.assertEqual(self.post(LOGIN, first)[1]["resultCode"], "103000")
        a = self.login(self.mint("login"), msgid=first["msgid"])
        self.assertEqual((a["resultCode"], "inresponseto" in a), ("105313", False))
        first = self.verify_body(self.mint("verify"))
        self.assertEqual([self.post(VERIFY, first)[1]["header"]["resultCode"] for _ in "12"], ["000", "102"])
        token = self.mint("login")  # another app burns it
        self.assertEqual(self.login_code(token, app=self.apps["loginOnly"]), "103133")
        self.assertEqual(self.login_code(token), "104201")


class TestD(Base, unittest.TestCase):
    program = "carrier_d.py"
    unknown_verify_app, spent_verify, kind_verify, bad_token_form = "302", "999", "103420", "103113"

    def test_choices(self):
        self.assertEqual(self.wire("POST", "/x"), (404, "text/plain; charset=utf-8", b"404 page not found\n"))
        self.assertEqual(self.wire("GET", LOGIN), (405, None, b""))
        self.assertEqual(self.wire("POST", LOGIN, kind="text/plain"), (415, None, b""))
        self.assertEqual(self.wire("POST", LOGIN, b'{"msgid":1}')[0], 400)
        self.assertEqual(self.first_error(), "104201")
        self.assertEqual(self.first_error(appid="9999"), "104201")
        body = self.login_body(self.mint("login"), extra="x")
        upper = body["sign"]
        body["sign"] = upper.lower()
        self.assertEqual(self.post(LOGIN, body)[1]["resultCode"], "103101")
        body["sign"], body["MSGID"] = upper, body.pop("msgid")
        self.assertEqual(self.post(LOGIN, body)[1]["resultCode"], "103000")
        self.assertEqual(self.verify_code(self.mint("verify"), lower_phone=True), "004")
        token = self.mint("login")
        self.assertEqual(self.login_code(token, version="1.0"), "103414")
        self.assertEqual(self.login_code(token, systemtime="20190226111842617"), "103000")
        body = self.verify_body(self.mint("verify"), rsa=True)
        body["body"]["sign"] = body["body"]["sign"][:76] + "\r\n" + body["body"]["sign"][76:]
        self.assertEqual(self.post(VERIFY, body)[1]["header"]["resultCode"], "000")


if __name__ == "__main__":
    unittest.main()
