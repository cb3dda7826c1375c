// A helper for tests: one app at the mock, over its control API. Run its user: go test -v ./...
package cmpassport

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"
)

type object = map[string]any

// mockApp is a world of its own, with tokens, clock, scripts, journal and ledger:
// tests that each make one run side by side.
type mockApp struct {
	t                        *testing.T
	AppID, AppKey, AppSecret string
}

// newApp makes an app for this test alone, removed when the test is done.
// Settings: capabilities, ipWhitelist, … as in the documentation of the control API.
func newApp(t *testing.T, settings object) *mockApp {
	app := &mockApp{t: t}
	call(t, "POST", "/apps", settings, app)
	t.Cleanup(func() { call(t, "DELETE", app.path(""), nil, nil) })
	return app
}

// mint gives what the SDK in the phone would get.
func (a *mockApp) mint(capability, phoneNumber string) string {
	var minted struct{ Token string }
	wanted := object{"capability": capability, "phoneNumber": phoneNumber}
	call(a.t, "POST", a.path("/tokens"), wanted, &minted)
	return minted.Token
}

// advanceClock moves this app's clock on; nobody sleeps.
func (a *mockApp) advanceClock(by string) {
	call(a.t, "POST", a.path("/clock/advance"), object{"by": by}, nil)
}

// script says what the next calls to an operation get.
func (a *mockApp) script(operation, script string) {
	call(a.t, "PUT", a.path("/outcomes/"+operation), object{"script": script}, nil)
}

// remaining gives the steps that are not used yet; "" when there are none.
func (a *mockApp) remaining(operation string) string {
	var outcomes struct{ Remaining string }
	call(a.t, "GET", a.path("/outcomes/"+operation), nil, &outcomes)
	return outcomes.Remaining
}

// calls counts the requests that the carrier got: all, or those of a token, of a resultCode.
func (a *mockApp) calls(those object) int {
	wanted := object{"appId": a.AppID}
	for name, value := range those {
		wanted[name] = value
	}
	var counted struct{ Count int }
	call(a.t, "POST", "/requests/count", wanted, &counted)
	return counted.Count
}

// charged counts the calls that stand on the bill.
func (a *mockApp) charged() int {
	var ledger struct{ Charged int }
	call(a.t, "GET", a.path("/ledger"), nil, &ledger)
	return ledger.Charged
}

type finding struct{ ID, Title, Detail string }

// findings tell why the latest request was answered as it was.
func (a *mockApp) findings() []finding {
	var journal struct{ Requests []struct{ ID string } }
	call(a.t, "GET", "/requests?limit=1&appId="+a.AppID, nil, &journal)
	var explanation struct{ Findings []finding }
	call(a.t, "GET", "/requests/"+journal.Requests[0].ID+"/explanation", nil, &explanation)
	return explanation.Findings
}

func (a *mockApp) path(rest string) string { return "/apps/" + a.AppID + rest }

func base() string {
	if base, isSet := os.LookupEnv("CMPASSPORT_BASE"); isSet {
		return base
	}
	return "http://127.0.0.1:10086"
}

func call(t *testing.T, method, path string, value, into any) {
	t.Helper()
	var sent bytes.Buffer
	if value != nil {
		must(t, json.NewEncoder(&sent).Encode(value))
	}
	request, err := http.NewRequest(method, base()+"/_mock"+path, &sent)
	must(t, err)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("no mock answers at %s (CMPASSPORT_BASE): %v", base(), err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	must(t, err)
	if response.StatusCode >= 300 {
		t.Fatalf("%s %s: %s %s", method, path, response.Status, text)
	}
	if into != nil {
		must(t, json.Unmarshal(text, into))
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
