"""A helper for tests: one app at the mock, over its control API.

Run its user: python3 -m unittest -v test_integration
"""
import json
import os
import urllib.error
import urllib.request

BASE = os.environ.get("CMPASSPORT_BASE", "http://127.0.0.1:10086")


class MockApp:
    """A world of its own, with tokens, clock, scripts, journal, ledger: tests that each make one run side by side."""

    def __init__(self, **settings):
        """Settings: capabilities, ipWhitelist, ... as in the documentation of the control API."""
        app = call("POST", "/apps", settings)
        self.app_id, self.app_key, self.app_secret = app["appId"], app["appKey"], app["appSecret"]
        self._path = "/apps/" + self.app_id

    def mint(self, capability, phone_number):
        """What the SDK in the phone would get."""
        return call("POST", self._path + "/tokens", {"capability": capability, "phoneNumber": phone_number})["token"]

    def advance_clock(self, by):
        """Moves this app's clock on; nobody sleeps."""
        call("POST", self._path + "/clock/advance", {"by": by})

    def script(self, operation, script):
        """What the next calls to an operation get."""
        call("PUT", f"{self._path}/outcomes/{operation}", {"script": script})

    def remaining(self, operation):
        """The steps that are not used yet; "" when there are none."""
        return call("GET", f"{self._path}/outcomes/{operation}")["remaining"]

    def calls(self, **those):
        """How many requests the carrier got: all, or those of a token, of a resultCode."""
        return call("POST", "/requests/count", {"appId": self.app_id, **those})["count"]

    def charged(self):
        """How many calls stand on the bill."""
        return call("GET", self._path + "/ledger")["charged"]

    def explanation(self):
        """Why the latest request was answered as it was."""
        latest = call("GET", f"/requests?appId={self.app_id}&limit=1")["requests"][0]
        return call("GET", f"/requests/{latest['id']}/explanation")

    def remove(self):
        call("DELETE", self._path)


def call(method, path, value=None):
    sent = None if value is None else json.dumps(value).encode()
    request = urllib.request.Request(f"{BASE}/_mock{path}", sent, method=method)
    try:
        with urllib.request.urlopen(request) as response:
            return json.loads(response.read() or "null")
    except urllib.error.HTTPError as refused:
        raise AssertionError(f"{method} {path}: {refused.code} {refused.read().decode()}") from None
    except urllib.error.URLError as problem:
        raise AssertionError(f"no mock answers at {BASE} (CMPASSPORT_BASE): {problem.reason}") from None
