"""A test helper: one app of the mock, through the control API."""
import json
import os
import urllib.error
import urllib.request

BASE = os.environ.get("CMPASSPORT_BASE", "http://127.0.0.1:10086")
CONTROL_TOKEN = os.environ.get("CMPASSPORT_CONTROL_TOKEN")


class MockApp:
    """Has its own tokens, clock, scripts, journal and ledger, so that tests with an app each can run in parallel."""

    def __init__(self, **settings):
        """docs/reference/control-api.md lists the settings: capabilities, ipWhitelist and others."""
        app = call("POST", "/apps", settings)
        self.app_id, self.app_key, self.app_secret = app["appId"], app["appKey"], app["appSecret"]
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

    def explanation(self):
        """Explains the result of the latest request."""
        latest = call("GET", f"/requests?appId={self.app_id}&limit=1")["requests"][0]
        return call("GET", f"/requests/{latest['id']}/explanation")

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
