"""One app of the mock, through its control API: Python 3.8 or newer, standard library only.

`cmpassport-mock init pytest` writes this file and conftest.py, with a fixture for pytest, into your project.
"""
import json
import os
import urllib.error
import urllib.request

BASE = os.environ.get("CMPASSPORT_BASE", "http://127.0.0.1:10086")
CONTROL_TOKEN = os.environ.get("CMPASSPORT_CONTROL_TOKEN")


class MockApp:
    """Has its own tokens, clock, scripts, journal and ledger, so that tests with an app each can run in parallel."""

    def __init__(self, **settings):
        """The settings are the fields of POST /_mock/apps: name (the title of the test), capabilities, generateKeys and others."""
        app = call("POST", "/apps", settings)
        self.base_url = BASE
        self.app_id, self.app_key, self.app_secret = app["appId"], app["appKey"], app["appSecret"]
        self.platform_public_key = app["platformPublicKey"]
        # The private keys of 应用公钥1 and 应用公钥2, PKCS#8 in Base64. None without generateKeys=True.
        self.app_sign_private_key = app.get("appSignPrivateKey")
        self.app_decrypt_private_key = app.get("appDecryptPrivateKey")
        self._path = "/apps/" + self.app_id

    def mint(self, capability, phone_number):
        """Returns a token like the one that the SDK in the phone gets."""
        return call("POST", self._path + "/tokens", {"capability": capability, "phoneNumber": phone_number})["token"]

    def advance_clock(self, by):
        """Moves only this app's clock forward."""
        call("POST", self._path + "/clock/advance", {"by": by})

    def script(self, operation, script):
        """Sets the outcomes of the next calls of an operation."""
        call("PUT", f"{self._path}/outcomes/{operation}", {"script": script})

    def remaining(self, operation):
        """Returns the unused steps of the script, or ""."""
        return call("GET", f"{self._path}/outcomes/{operation}")["remaining"]

    def calls(self, **filters):
        """Counts the received requests. The filters can be token and resultCode."""
        return call("POST", "/requests/count", {"appId": self.app_id, **filters})["count"]

    def charged(self):
        """Counts the charged calls."""
        return call("GET", self._path + "/ledger")["charged"]

    def assert_answered(self, result_code):
        """Fails unless the newest request got this result code. The message has the mock's explanation.

        A refusal that is asserted is not in the summary of `cmpassport-mock exec`.
        """
        newest = self._newest()
        if newest["resultCode"] != result_code:
            lines = [f"\n- {finding['title']}: {finding['detail']}" for finding in self.findings()]
            raise AssertionError(f"expected {result_code}, found {newest['resultCode']}" + "".join(lines))
        call("POST", f"/requests/{newest['id']}/expected", {})

    def findings(self):
        """Explains the result of the newest request: "id", "title" and "detail" of each mistake."""
        return call("GET", f"/requests/{self._newest()['id']}/explanation")["findings"]

    def _newest(self):
        requests = call("GET", f"/requests?appId={self.app_id}&limit=1")["requests"]
        if not requests:
            raise AssertionError(
                f"no request with the appId {self.app_id} reached {BASE}.{self._arrived()} Check the base URL and the appId"
                " of the client."
            )
        return requests[0]

    def _arrived(self):
        last = call("GET", "/requests?limit=20")["requests"]
        app_ids = sorted({request["appId"] for request in last if request.get("appId")})
        return f" The last requests have the appIds {', '.join(app_ids)}." if app_ids else ""

    def remove(self):
        call("DELETE", self._path)


def call(method, path, value=None):
    sent = None if value is None else json.dumps(value).encode()
    headers = {"Authorization": f"Bearer {CONTROL_TOKEN}"} if CONTROL_TOKEN else {}
    request = urllib.request.Request(f"{BASE}/_mock{path}", sent, headers, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return json.loads(response.read() or "null")
    except urllib.error.HTTPError as refused:
        raise AssertionError(f"{method} {path}: {refused.code} {refused.read().decode()}") from None
    except urllib.error.URLError as problem:
        raise AssertionError(f"no mock responds at {BASE}. Start one or set CMPASSPORT_BASE: {problem.reason}") from None
