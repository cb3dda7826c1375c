// A test helper: one app of the mock, through the control API.
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

// mockApp has its own tokens, clock, scripts, journal and ledger, so that tests with an app each can run in parallel.
type mockApp struct {
	t                        *testing.T
	AppID, AppKey, AppSecret string
}

// newApp creates an app and removes it when the test ends. docs/reference/control-api.md lists the settings: capabilities,
// ipWhitelist and others.
func newApp(t *testing.T, settings object) *mockApp {
	app := &mockApp{t: t}
	call(t, "POST", "/apps", settings, app)
	t.Cleanup(func() { call(t, "DELETE", app.path(""), nil, nil) })
	return app
}

// mint returns a token like the one that the SDK in the phone gets.
func (a *mockApp) mint(capability, phoneNumber string) string {
	var minted struct{ Token string }
	settings := object{"capability": capability, "phoneNumber": phoneNumber}
	call(a.t, "POST", a.path("/tokens"), settings, &minted)
	return minted.Token
}

// advanceClock moves only this app's clock forward.
func (a *mockApp) advanceClock(by string) {
	call(a.t, "POST", a.path("/clock/advance"), object{"by": by}, nil)
}

// script sets the outcomes of the next calls of an operation.
func (a *mockApp) script(operation, script string) {
	call(a.t, "PUT", a.path("/outcomes/"+operation), object{"script": script}, nil)
}

// remaining returns the unused steps of the script, or "".
func (a *mockApp) remaining(operation string) string {
	var outcomes struct{ Remaining string }
	call(a.t, "GET", a.path("/outcomes/"+operation), nil, &outcomes)
	return outcomes.Remaining
}

// calls counts the received requests. The filter can have a token and a resultCode.
func (a *mockApp) calls(filter object) int {
	query := object{"appId": a.AppID}
	for name, value := range filter {
		query[name] = value
	}
	var counted struct{ Count int }
	call(a.t, "POST", "/requests/count", query, &counted)
	return counted.Count
}

// charged counts the charged calls.
func (a *mockApp) charged() int {
	var ledger struct{ Charged int }
	call(a.t, "GET", a.path("/ledger"), nil, &ledger)
	return ledger.Charged
}

type finding struct{ ID, Title, Detail string }

// findings explain the result of the latest request.
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
	if token := os.Getenv("CMPASSPORT_CONTROL_TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("no mock responds at %s. Start one, or set CMPASSPORT_BASE: %v", base(), err)
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
