// Package cmpassport is a client of the carrier's two operations. Run its tests: go test -v ./...
package cmpassport

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Advice is what to do about a refusal.
type Advice string

const (
	TryAgainLater Advice = "try again later"
	GetANewToken  Advice = "get a new token"
	// CallAnEngineer is for all other codes: configuration, contract or code.
	CallAnEngineer Advice = "call an engineer"
)

var adviceOf = map[string]Advice{
	"103211": TryAgainLater, "002": TryAgainLater, "003": TryAgainLater, "999": TryAgainLater,
	"103113": GetANewToken, "103811": GetANewToken, "104201": GetANewToken, "606": GetANewToken,
}

// Refusal is a response in which the carrier refuses the request.
type Refusal struct {
	ResultCode string
	Advice     Advice
}

func (r *Refusal) Error() string { return fmt.Sprintf("refused with %s: %s", r.ResultCode, r.Advice) }

// ErrBrokenExchange means that no usable response arrived. The carrier may have charged the call and consumed the
// token: never send that token again.
var ErrBrokenExchange = errors.New("broken exchange")

type Client struct {
	AppID, AppKey, AppSecret string
	Base                     string // https://www.cmpassport.com, or a mock
	Timeout                  time.Duration
}

// PhoneNumberOf calls loginTokenValidate. The error is a *Refusal or wraps ErrBrokenExchange.
func (c *Client) PhoneNumberOf(token string) (string, error) {
	msgid, systemtime := newMsgID(), beijingTime()
	sign := md5.Sum([]byte(c.AppID + "2.0" + msgid + systemtime + "0" + token + c.AppSecret))
	answer, err := c.post("/unisdk/rsapi/loginTokenValidate", map[string]string{
		"version": "2.0", "msgid": msgid, "systemtime": systemtime, "strictcheck": "0",
		"appid": c.AppID, "token": token, "sign": fmt.Sprintf("%X", sign),
	})
	if err != nil {
		return "", err
	}
	if answer.ResultCode != "103000" {
		return "", refusal(answer.ResultCode)
	}
	return answer.Msisdn, nil
}

// IsNumberOf calls tokenValidate. The error is a *Refusal or wraps ErrBrokenExchange.
// accessToken is "" if own is true, or if the app does not have 短验辅助.
func (c *Client) IsNumberOf(token, phoneNumber string) (own bool, accessToken string, err error) {
	msgID, timestamp := newMsgID(), beijingTime()
	phoneNum := fmt.Sprintf("%X", sha256.Sum256([]byte(phoneNumber+c.AppKey+timestamp)))
	mac := hmac.New(sha256.New, []byte(c.AppKey))
	mac.Write([]byte(c.AppID + msgID + phoneNum + timestamp + token + "1.0"))
	answer, err := c.post("/openapi/rs/tokenValidate", map[string]map[string]string{
		"header": {"version": "1.0", "msgId": msgID, "timestamp": timestamp, "appId": c.AppID},
		"body": {"openType": "1", "requesterType": "0", "keyType": "0",
			"phoneNum": phoneNum, "token": token, "sign": fmt.Sprintf("%X", mac.Sum(nil))},
	})
	if err != nil {
		return false, "", err
	}
	switch code := answer.Header.ResultCode; code {
	case "000":
		return true, "", nil
	case "001":
		return false, answer.Body.AccessToken, nil
	default:
		return false, "", refusal(code)
	}
}

// answer holds the response of either operation. loginTokenValidate has its fields at the top level,
// tokenValidate has them in header and body.
type answer struct {
	ResultCode, Msisdn string
	Header             struct{ ResultCode string }
	Body               struct{ AccessToken string }
}

// post sends once. Do not add a retry: a token works once, and success is charged.
func (c *Client) post(path string, value any) (answer, error) {
	var received answer
	sent, err := json.Marshal(value)
	if err != nil {
		return received, err
	}
	client := http.Client{Timeout: c.Timeout}
	response, err := client.Post(c.Base+path, "application/json", bytes.NewReader(sent))
	if err != nil {
		return received, fmt.Errorf("%w: %w", ErrBrokenExchange, err)
	}
	defer response.Body.Close()
	if err := json.NewDecoder(response.Body).Decode(&received); err != nil {
		return received, fmt.Errorf("%w: HTTP %d: %w", ErrBrokenExchange, response.StatusCode, err)
	}
	if received.ResultCode+received.Header.ResultCode == "" {
		return received, fmt.Errorf("%w: HTTP %d: no resultCode", ErrBrokenExchange, response.StatusCode)
	}
	return received, nil
}

func refusal(resultCode string) error {
	advice, known := adviceOf[resultCode]
	if !known {
		advice = CallAnEngineer
	}
	return &Refusal{resultCode, advice}
}

func newMsgID() string {
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		panic(err)
	}
	return fmt.Sprintf("%x", random)
}

var beijing = time.FixedZone("Beijing", 8*60*60)

func beijingTime() string {
	return strings.Replace(time.Now().In(beijing).Format("20060102150405.000"), ".", "", 1)
}
