// Tests the client against a running mock: Go 1.21 or newer, standard library only.
// Run: CMPASSPORT_BASE=http://127.0.0.1:10086 go test -v -count=1 ./...
package cmpassport

import (
	"errors"
	"regexp"
	"testing"
	"time"

	"example.com/cmpassport/carriermock"
)

type settings = carriermock.Settings

const (
	phone        = "13800138000"
	anotherPhone = "13900139000"
)

func TestAFreshTokenReturnsThePhoneNumberAndIsChargedOnce(t *testing.T) {
	t.Parallel()
	app := carriermock.NewApp(t, nil)
	number, err := clientOf(app).PhoneNumberOf(app.Mint("loginTokenValidate", phone))
	must(t, err)
	equal(t, number, phone)
	equal(t, app.Calls(nil), 1)
	equal(t, app.Charged(), 1)
}

func TestATokenWorksOnceAndARefusedTokenIsNotSentAgain(t *testing.T) {
	t.Parallel()
	app := carriermock.NewApp(t, nil)
	client, token := clientOf(app), app.Mint("loginTokenValidate", phone)
	_, err := client.PhoneNumberOf(token)
	must(t, err)
	_, err = client.PhoneNumberOf(token)
	refused(t, err, Refusal{"104201", GetANewToken})
	app.AssertAnswered("104201")
	equal(t, app.Calls(settings{"token": token, "resultCode": "104201"}), 1)
	equal(t, app.Charged(), 1)
}

func TestATokenExpiresAfterTwoMinutes(t *testing.T) {
	t.Parallel()
	app := carriermock.NewApp(t, nil)
	token := app.Mint("loginTokenValidate", phone)
	app.AdvanceClock("2m")
	_, err := clientOf(app).PhoneNumberOf(token)
	refused(t, err, Refusal{"104201", GetANewToken})
	app.AssertAnswered("104201")
	equal(t, app.Charged(), 0)
}

func TestTheTokensNumberIsConfirmedAndAnotherNumberGetsAnAccessTokenForAnSMS(t *testing.T) {
	t.Parallel()
	app := carriermock.NewApp(t, settings{"capabilities": []string{"tokenValidate", "smsFallback"}})
	client := clientOf(app)
	own, _, err := client.IsNumberOf(app.Mint("tokenValidate", phone), phone)
	must(t, err)
	equal(t, own, true)
	own, accessToken, err := client.IsNumberOf(app.Mint("tokenValidate", phone), anotherPhone)
	must(t, err)
	app.AssertAnswered("001")
	equal(t, own, false)
	equal(t, regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(accessToken), true)
}

func TestTwoCarrierFailuresAdviseALaterRetryAndTheThirdCallSucceeds(t *testing.T) {
	t.Parallel()
	app := carriermock.NewApp(t, nil)
	client := clientOf(app)
	app.Script("loginTokenValidate", "103211*2, pass")
	for i := 0; i < 2; i++ {
		_, err := client.PhoneNumberOf(app.Mint("loginTokenValidate", phone))
		refused(t, err, Refusal{"103211", TryAgainLater})
	}
	number, err := client.PhoneNumberOf(app.Mint("loginTokenValidate", phone))
	must(t, err)
	equal(t, number, phone)
	equal(t, app.Remaining("loginTokenValidate"), "")
}

func TestAResponseThatIsLostAfterTheChargeIsNotRequestedAgain(t *testing.T) {
	t.Parallel()
	app := carriermock.NewApp(t, nil)
	token := app.Mint("loginTokenValidate", phone)
	app.Script("loginTokenValidate", "lose")
	_, err := clientOf(app).PhoneNumberOf(token)
	equal(t, errors.Is(err, ErrBrokenExchange), true)
	equal(t, app.Calls(settings{"token": token}), 1)
	equal(t, app.Charged(), 1)
}

func TestASlowResponseEndsInATimeoutAlthoughTheCallMayBeCharged(t *testing.T) {
	t.Parallel()
	app := carriermock.NewApp(t, nil)
	token := app.Mint("loginTokenValidate", phone)
	app.Script("loginTokenValidate", "delay(3s) pass")
	client := clientOf(app)
	client.Timeout = time.Second
	_, err := client.PhoneNumberOf(token)
	equal(t, errors.Is(err, ErrBrokenExchange), true)
	equal(t, app.Calls(settings{"token": token}), 1)
	equal(t, app.Charged(), 1)
}

func TestAWrongSecretIsRefusedAndTheMockReportsWhichSecretWasUsed(t *testing.T) {
	t.Parallel()
	app := carriermock.NewApp(t, nil)
	client := clientOf(app)
	client.AppSecret = app.AppKey
	_, err := client.PhoneNumberOf(app.Mint("loginTokenValidate", phone))
	refused(t, err, Refusal{"103101", CallAnEngineer})
	app.AssertAnswered("103101")
	equal(t, app.Findings()[0].ID, "sign.secret-swapped")
}

func TestAnAddressThatIsNotOnTheWhitelistIsRefused(t *testing.T) {
	t.Parallel()
	app := carriermock.NewApp(t, settings{"ipWhitelist": settings{"tokenValidate": "192.0.2.1"}})
	_, _, err := clientOf(app).IsNumberOf(app.Mint("tokenValidate", phone), phone)
	refused(t, err, Refusal{"124", CallAnEngineer})
	app.AssertAnswered("124")
	equal(t, app.Charged(), 0)
}

func clientOf(app *carriermock.App) *Client {
	return &Client{app.AppID, app.AppKey, app.AppSecret, carriermock.BaseURL(), 5 * time.Second}
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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
