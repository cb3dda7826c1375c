// Package carriermock has apps of a running mock for tests, through its control API: Go 1.21 or newer, standard library
// only. `cmpassport-mock init go` writes it into your module.
package carriermock

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
)

// Settings are the fields of POST /_mock/apps, for example capabilities, ipWhitelist and generateKeys.
type Settings map[string]any

// App has its own tokens, clock, scripts, journal and ledger, so that tests with an app each can run in parallel.
type App struct {
	t                        *testing.T
	AppID, AppKey, AppSecret string
	PlatformPublicKey        string
	// The private keys of 应用公钥1 and 应用公钥2, PKCS#8 in Base64, with the setting "generateKeys": true.
	AppSignPrivateKey, AppDecryptPrivateKey string
}

// NewApp creates an app with the name of the test, and removes it when the test ends. If the test fails, its log has the
// explanation of the newest refusal, unless the test asserted it.
func NewApp(t *testing.T, settings Settings) *App {
	t.Helper()
	app := &App{t: t}
	sent := Settings{"name": t.Name()[:min(100, len(t.Name()))]}
	for name, value := range settings {
		sent[name] = value
	}
	call(t, "POST", "/apps", sent, app)
	t.Cleanup(func() {
		if newest := app.newest("&kind=refused"); t.Failed() && newest.ID != "" && !newest.Expected {
			t.Log("refused with " + newest.ResultCode)
			for _, finding := range app.findingsOf(newest.ID) {
				t.Logf("- %s: %s", finding.Title, finding.Detail)
			}
		}
		call(t, "DELETE", app.path(""), nil, nil)
	})
	return app
}

// BaseURL is the address of the mock: the base URL of your client in tests.
func BaseURL() string {
	if base, isSet := os.LookupEnv("CMPASSPORT_BASE"); isSet {
		return base
	}
	return "http://127.0.0.1:10086"
}

// Mint returns a token like the one that the SDK in the phone gets.
func (a *App) Mint(capability, phoneNumber string) string {
	a.t.Helper()
	var minted struct{ Token string }
	call(a.t, "POST", a.path("/tokens"), Settings{"capability": capability, "phoneNumber": phoneNumber}, &minted)
	return minted.Token
}

// AdvanceClock moves only this app's clock forward: "2m".
func (a *App) AdvanceClock(by string) {
	a.t.Helper()
	call(a.t, "POST", a.path("/clock/advance"), Settings{"by": by}, nil)
}

// Script sets the outcomes of the next calls of an operation: "103211*2, pass".
func (a *App) Script(operation, script string) {
	a.t.Helper()
	call(a.t, "PUT", a.path("/outcomes/"+operation), Settings{"script": script}, nil)
}

// Remaining returns the unused steps of the script, or "".
func (a *App) Remaining(operation string) string {
	a.t.Helper()
	var outcomes struct{ Remaining string }
	call(a.t, "GET", a.path("/outcomes/"+operation), nil, &outcomes)
	return outcomes.Remaining
}

// AssertAnswered fails the test unless the newest request got this result code. A refusal that is asserted is not in the
// summary of `cmpassport-mock exec`.
func (a *App) AssertAnswered(resultCode string) {
	a.t.Helper()
	newest := a.newest("")
	if newest.ID == "" {
		a.t.Fatalf("expected %s: no request with the appId %s reached %s.%s Check the base URL and the appId of the client.",
			resultCode, a.AppID, BaseURL(), a.arrived())
	}
	if newest.ResultCode != resultCode {
		a.t.Fatalf("expected %s, found %s", resultCode, newest.ResultCode)
	}
	call(a.t, "POST", "/requests/"+newest.ID+"/expected", Settings{}, nil)
}

// Calls counts the received requests. The filter can have a token and a resultCode.
func (a *App) Calls(filter Settings) int {
	a.t.Helper()
	query := Settings{"appId": a.AppID}
	for name, value := range filter {
		query[name] = value
	}
	var counted struct{ Count int }
	call(a.t, "POST", "/requests/count", query, &counted)
	return counted.Count
}

// Charged counts the charged calls.
func (a *App) Charged() int {
	a.t.Helper()
	var ledger struct{ Charged int }
	call(a.t, "GET", a.path("/ledger"), nil, &ledger)
	return ledger.Charged
}

// Finding is a cause of a result, or a remark on it.
type Finding struct{ ID, Title, Detail string }

// Findings explain the result of the newest request.
func (a *App) Findings() []Finding {
	a.t.Helper()
	return a.findingsOf(a.newest("").ID)
}

type request struct {
	ID, AppID, ResultCode string
	Expected              bool
}

// The appIds of the last requests, in a sentence.
func (a *App) arrived() string {
	a.t.Helper()
	var appIDs []string
	for _, last := range a.requests("?limit=20") {
		if last.AppID != "" && !slices.Contains(appIDs, last.AppID) {
			appIDs = append(appIDs, last.AppID)
		}
	}
	if len(appIDs) == 0 {
		return ""
	}
	return " The last requests have the appIds " + strings.Join(appIDs, ", ") + "."
}

func (a *App) newest(filter string) request {
	a.t.Helper()
	return append(a.requests("?limit=1&appId="+a.AppID+filter), request{})[0]
}

func (a *App) requests(query string) []request {
	a.t.Helper()
	var journal struct{ Requests []request }
	call(a.t, "GET", "/requests"+query, nil, &journal)
	return journal.Requests
}

func (a *App) findingsOf(id string) []Finding {
	a.t.Helper()
	var explanation struct{ Findings []Finding }
	call(a.t, "GET", "/requests/"+id+"/explanation", nil, &explanation)
	return explanation.Findings
}

func (a *App) path(rest string) string { return "/apps/" + a.AppID + rest }

func call(t *testing.T, method, path string, value, into any) {
	t.Helper()
	var sent bytes.Buffer
	if value != nil {
		must(t, json.NewEncoder(&sent).Encode(value))
	}
	request, err := http.NewRequest(method, BaseURL()+"/_mock"+path, &sent)
	must(t, err)
	if token := os.Getenv("CMPASSPORT_CONTROL_TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("no mock responds at %s. Start one, or set CMPASSPORT_BASE: %v", BaseURL(), err)
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
