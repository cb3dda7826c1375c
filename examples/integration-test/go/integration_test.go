// Tests the client against a running mock: Go 1.21 or newer, standard library only.
// Run: CMPASSPORT_BASE=http://127.0.0.1:10086 go test -v -count=1 ./...
package cmpassport

import (
	"errors"
	"regexp"
	"testing"
	"time"
)

const (
	phone        = "13800138000"
	anotherPhone = "13900139000"
)

func TestAFreshTokenReturnsThePhoneNumberAndIsChargedOnce(t *testing.T) {
	t.Parallel()
	app := newApp(t, object{})
	number, err := clientOf(app).PhoneNumberOf(app.mint("loginTokenValidate", phone))
	must(t, err)
	equal(t, number, phone)
	equal(t, app.calls(object{}), 1)
	equal(t, app.charged(), 1)
}

func TestATokenWorksOnceAndARefusedTokenIsNotSentAgain(t *testing.T) {
	t.Parallel()
	app := newApp(t, object{})
	client, token := clientOf(app), app.mint("loginTokenValidate", phone)
	_, err := client.PhoneNumberOf(token)
	must(t, err)
	_, err = client.PhoneNumberOf(token)
	refused(t, err, Refusal{"104201", GetANewToken})
	equal(t, app.calls(object{"token": token, "resultCode": "104201"}), 1)
	equal(t, app.charged(), 1)
}

func TestATokenExpiresAfterTwoMinutes(t *testing.T) {
	t.Parallel()
	app := newApp(t, object{})
	token := app.mint("loginTokenValidate", phone)
	app.advanceClock("2m")
	_, err := clientOf(app).PhoneNumberOf(token)
	refused(t, err, Refusal{"104201", GetANewToken})
	equal(t, app.charged(), 0)
}

func TestTheTokensNumberIsConfirmedAndAnotherNumberGetsAnAccessTokenForAnSMS(t *testing.T) {
	t.Parallel()
	app := newApp(t, object{"capabilities": []string{"tokenValidate", "smsFallback"}})
	client := clientOf(app)
	own, _, err := client.IsNumberOf(app.mint("tokenValidate", phone), phone)
	must(t, err)
	equal(t, own, true)
	own, accessToken, err := client.IsNumberOf(app.mint("tokenValidate", phone), anotherPhone)
	must(t, err)
	equal(t, own, false)
	equal(t, regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(accessToken), true)
}

func TestTwoCarrierFailuresAdviseALaterRetryAndTheThirdCallSucceeds(t *testing.T) {
	t.Parallel()
	app := newApp(t, object{})
	client := clientOf(app)
	app.script("loginTokenValidate", "103211*2, pass")
	for i := 0; i < 2; i++ {
		_, err := client.PhoneNumberOf(app.mint("loginTokenValidate", phone))
		refused(t, err, Refusal{"103211", TryAgainLater})
	}
	number, err := client.PhoneNumberOf(app.mint("loginTokenValidate", phone))
	must(t, err)
	equal(t, number, phone)
	equal(t, app.remaining("loginTokenValidate"), "")
}

func TestAResponseThatIsLostAfterTheChargeIsNotRequestedAgain(t *testing.T) {
	t.Parallel()
	app := newApp(t, object{})
	token := app.mint("loginTokenValidate", phone)
	app.script("loginTokenValidate", "lose")
	_, err := clientOf(app).PhoneNumberOf(token)
	equal(t, errors.Is(err, ErrBrokenExchange), true)
	equal(t, app.calls(object{"token": token}), 1)
	equal(t, app.charged(), 1)
}

func TestASlowResponseEndsInATimeoutAlthoughTheCallMayBeCharged(t *testing.T) {
	t.Parallel()
	app := newApp(t, object{})
	token := app.mint("loginTokenValidate", phone)
	app.script("loginTokenValidate", "delay(3s) pass")
	client := clientOf(app)
	client.Timeout = time.Second
	_, err := client.PhoneNumberOf(token)
	equal(t, errors.Is(err, ErrBrokenExchange), true)
	equal(t, app.calls(object{"token": token}), 1)
	equal(t, app.charged(), 1)
}

func TestAWrongSecretIsRefusedAndTheMockReportsWhichSecretWasUsed(t *testing.T) {
	t.Parallel()
	app := newApp(t, object{})
	client := clientOf(app)
	client.AppSecret = app.AppKey
	_, err := client.PhoneNumberOf(app.mint("loginTokenValidate", phone))
	refused(t, err, Refusal{"103101", CallAnEngineer})
	equal(t, app.findings()[0].ID, "sign.secret-swapped")
}

func TestAnAddressThatIsNotOnTheWhitelistIsRefused(t *testing.T) {
	t.Parallel()
	app := newApp(t, object{"ipWhitelist": object{"tokenValidate": "192.0.2.1"}})
	_, _, err := clientOf(app).IsNumberOf(app.mint("tokenValidate", phone), phone)
	refused(t, err, Refusal{"124", CallAnEngineer})
	equal(t, app.charged(), 0)
}

func clientOf(app *mockApp) *Client {
	return &Client{app.AppID, app.AppKey, app.AppSecret, base(), 5 * time.Second}
}

func equal[T comparable](t *testing.T, found, expected T) {
	t.Helper()
	if found != expected {
		t.Errorf("expected %v, found %v", expected, found)
	}
}

func refused(t *testing.T, err error, expected Refusal) {
	t.Helper()
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		t.Fatalf("expected %v, found %v", &expected, err)
	}
	equal(t, *refusal, expected)
}
