package carriermock

import (
	"bytes"
	"crypto/md5"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A first test against the mock. In your own package, replace phoneNumberOf with a call of your client.
func TestAFreshTokenReturnsThePhoneNumber(t *testing.T) {
	t.Parallel()
	app := NewApp(t, nil)
	number := phoneNumberOf(t, app, app.Mint("loginTokenValidate", "13800138000"))
	app.AssertAnswered("103000")
	if number != "13800138000" {
		t.Errorf("expected 13800138000, found %q", number)
	}
}

// Your client needs the base URL of the mock and the credentials of the app. Returns "" for a refusal.
func phoneNumberOf(t *testing.T, app *App, token string) string {
	t.Helper()
	now := time.Now().In(time.FixedZone("Beijing", 8*60*60)).Format("20060102150405.000")
	systemtime, msgid := strings.Replace(now, ".", "", 1), fmt.Sprint(time.Now().UnixNano())
	sign := md5.Sum([]byte(app.AppID + "2.0" + msgid + systemtime + "0" + token + app.AppSecret))
	sent, err := json.Marshal(map[string]string{
		"version": "2.0", "msgid": msgid, "systemtime": systemtime, "strictcheck": "0",
		"appid": app.AppID, "token": token, "sign": fmt.Sprintf("%X", sign),
	})
	must(t, err)
	response, err := http.Post(BaseURL()+"/unisdk/rsapi/loginTokenValidate", "application/json", bytes.NewReader(sent))
	must(t, err)
	defer response.Body.Close()
	var answer struct{ Msisdn string }
	must(t, json.NewDecoder(response.Body).Decode(&answer))
	return answer.Msisdn
}
