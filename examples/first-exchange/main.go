// Login with MD5, then verify with HMAC: standard library only. Run: go run main.go
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

type object = map[string]any

var (
	base      = env("CMPASSPORT_BASE", "http://127.0.0.1:10086")
	appID     = env("CMPASSPORT_APP_ID", "300000000001")
	appKey    = env("CMPASSPORT_APP_KEY", "5A1E0C9B7D3F4826B1907E6C42D8AF35")
	appSecret = env("CMPASSPORT_APP_SECRET", "C7B2094E1F6D4A58803A95E7D2146BFC")
	// Optional: only this operation, this token instead of a new one, and the code to force.
	operation  = env("CMPASSPORT_OPERATION", "")
	givenToken = env("CMPASSPORT_TOKEN", "")
	resultCode = env("CMPASSPORT_RESULT_CODE", "")
	beijing    = time.FixedZone("Beijing", 8*60*60)
)

const phone = "13800138000"

func main() {
	passed := true
	if operation != "tokenValidate" {
		login := login(mint("loginTokenValidate"))
		fmt.Println(login["resultCode"], login["msisdn"])
		passed = login["resultCode"] == "103000" && login["msisdn"] == phone
	}
	if operation != "loginTokenValidate" {
		verify := verify(mint("tokenValidate"), phone)
		header, body := verify["header"].(object), verify["body"].(object)
		fmt.Println(header["resultCode"], body["resultDesc"])
		passed = passed && header["resultCode"] == "000"
	}
	if !passed {
		os.Exit(1)
	}
}

func login(token string) object {
	msgid, systemtime := newMsgID(), beijingTime()
	sign := fmt.Sprintf("%X", md5.Sum([]byte(appID+"2.0"+msgid+systemtime+"0"+token+appSecret)))
	return post("/unisdk/rsapi/loginTokenValidate", object{
		"version": "2.0", "msgid": msgid, "systemtime": systemtime, "strictcheck": "0",
		"appid": appID, "token": token, "sign": sign,
	})
}

func verify(token, phone string) object {
	msgID, timestamp := newMsgID(), beijingTime()
	phoneNum := fmt.Sprintf("%X", sha256.Sum256([]byte(phone+appKey+timestamp)))
	mac := hmac.New(sha256.New, []byte(appKey))
	mac.Write([]byte(appID + msgID + phoneNum + timestamp + token + "1.0"))
	sign := fmt.Sprintf("%X", mac.Sum(nil))
	return post("/openapi/rs/tokenValidate", object{
		"header": object{"version": "1.0", "msgId": msgID, "timestamp": timestamp, "appId": appID},
		"body": object{"openType": "1", "requesterType": "0", "keyType": "0",
			"phoneNum": phoneNum, "token": token, "sign": sign},
	})
}

// mint returns a token like the one that the SDK in the phone gets.
func mint(capability string) string {
	if givenToken != "" {
		return givenToken
	}
	minted := post("/_mock/apps/"+appID+"/tokens", object{"phoneNumber": phone, "capability": capability})
	token, isText := minted["token"].(string)
	if !isText {
		log.Fatal(minted)
	}
	return token
}

func post(path string, value object) object {
	sent, err := json.Marshal(value)
	check(err)
	request, err := http.NewRequest("POST", base+path, bytes.NewReader(sent))
	check(err)
	request.Header.Set("Content-Type", "application/json")
	if resultCode != "" {
		request.Header.Set("X-Mock-Result-Code", resultCode)
	}
	response, err := http.DefaultClient.Do(request)
	check(err)
	defer response.Body.Close()
	var received object
	check(json.NewDecoder(response.Body).Decode(&received))
	return received
}

func newMsgID() string {
	random := make([]byte, 16)
	_, err := rand.Read(random)
	check(err)
	return fmt.Sprintf("%x", random)
}

func beijingTime() string {
	return strings.Replace(time.Now().In(beijing).Format("20060102150405.000"), ".", "", 1)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func env(name, fallback string) string {
	if value, isSet := os.LookupEnv(name); isSet {
		return value
	}
	return fallback
}
