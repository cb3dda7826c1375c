"""Tests the client against a running mock: Python 3.8 or newer, standard library only.

Run: CMPASSPORT_BASE=http://127.0.0.1:10086 python3 -m unittest -v test_integration
"""
import unittest

from cmpassport_client import BrokenExchange, CmpassportClient
from mock_app import BASE, MockApp

PHONE = "13800138000"
ANOTHER_PHONE = "13900139000"


def client_of(app, **changes):
    settings = {"app_id": app.app_id, "app_key": app.app_key, "app_secret": app.app_secret, "base": BASE}
    return CmpassportClient(**{**settings, **changes})


class AgainstTheMock(unittest.TestCase):
    def new_app(self, **settings):
        """Creates an app with the test's name and removes it when the test ends."""
        app = MockApp(name=self.id().rpartition(".")[2], **settings)
        self.addCleanup(app.remove)
        return app

    def test_a_fresh_token_returns_the_phone_number_and_is_charged_once(self):
        app = self.new_app()
        token = app.mint("loginTokenValidate", PHONE)
        self.assertEqual(client_of(app).phone_number_of(token), {"phone_number": PHONE})
        self.assertEqual(app.calls(), 1)
        self.assertEqual(app.charged(), 1)

    def test_a_token_works_once_and_a_refused_token_is_not_sent_again(self):
        app = self.new_app()
        client = client_of(app)
        token = app.mint("loginTokenValidate", PHONE)
        client.phone_number_of(token)
        self.assertEqual(client.phone_number_of(token), {"refused": "104201", "advice": "get a new token"})
        app.assert_answered("104201")
        self.assertEqual(app.calls(token=token, resultCode="104201"), 1)
        self.assertEqual(app.charged(), 1)

    def test_a_token_expires_after_two_minutes(self):
        app = self.new_app()
        token = app.mint("loginTokenValidate", PHONE)
        app.advance_clock("2m")
        self.assertEqual(client_of(app).phone_number_of(token), {"refused": "104201", "advice": "get a new token"})
        app.assert_answered("104201")
        self.assertEqual(app.charged(), 0)

    def test_the_tokens_number_is_confirmed_and_another_number_gets_an_accesstoken_for_an_sms(self):
        app = self.new_app(capabilities=["tokenValidate", "smsFallback"])
        client = client_of(app)
        own = client.is_number_of(app.mint("tokenValidate", PHONE), PHONE)
        self.assertEqual(own, {"own_number": True})
        other = client.is_number_of(app.mint("tokenValidate", PHONE), ANOTHER_PHONE)
        app.assert_answered("001")
        self.assertFalse(other["own_number"])
        self.assertRegex(other["access_token"], r"^[0-9a-f]{32}$")

    def test_two_carrier_failures_advise_a_later_retry_and_the_third_call_succeeds(self):
        app = self.new_app()
        client = client_of(app)
        app.script("loginTokenValidate", "103211*2, pass")
        answers = [client.phone_number_of(app.mint("loginTokenValidate", PHONE)) for _ in range(3)]
        down = {"refused": "103211", "advice": "try again later"}
        self.assertEqual(answers, [down, down, {"phone_number": PHONE}])
        self.assertEqual(app.remaining("loginTokenValidate"), "")

    def test_a_response_that_is_lost_after_the_charge_is_not_requested_again(self):
        app = self.new_app()
        token = app.mint("loginTokenValidate", PHONE)
        app.script("loginTokenValidate", "lose")
        with self.assertRaises(BrokenExchange):
            client_of(app).phone_number_of(token)
        self.assertEqual(app.calls(token=token), 1)
        self.assertEqual(app.charged(), 1)

    def test_a_slow_response_ends_in_a_timeout_although_the_call_may_be_charged(self):
        app = self.new_app()
        token = app.mint("loginTokenValidate", PHONE)
        app.script("loginTokenValidate", "delay(3s) pass")
        with self.assertRaises(BrokenExchange):
            client_of(app, timeout_seconds=1).phone_number_of(token)
        self.assertEqual(app.calls(token=token), 1)
        self.assertEqual(app.charged(), 1)

    def test_a_wrong_secret_is_refused_and_the_mock_reports_which_secret_was_used(self):
        app = self.new_app()
        client = client_of(app, app_secret=app.app_key)
        answer = client.phone_number_of(app.mint("loginTokenValidate", PHONE))
        self.assertEqual(answer, {"refused": "103101", "advice": "call an engineer"})
        app.assert_answered("103101")
        finding = app.findings()[0]
        self.assertEqual(finding["id"], "sign.secret-swapped", finding["detail"])

    def test_an_address_that_is_not_on_the_whitelist_is_refused(self):
        app = self.new_app(ipWhitelist={"tokenValidate": "192.0.2.1"})
        answer = client_of(app).is_number_of(app.mint("tokenValidate", PHONE), PHONE)
        self.assertEqual(answer, {"refused": "124", "advice": "call an engineer"})
        app.assert_answered("124")
        self.assertEqual(app.charged(), 0)


if __name__ == "__main__":
    unittest.main()
