// Login with MD5, then verify with HMAC; with CMPASSPORT_OPERATION=h5TokenValidate the login of a page with RSA.
// Standard library only. Run: go run main.go
package main

import (
	"bytes"
	"crypto"
	"crypto/aes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
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
	// For h5TokenValidate: the private key of 应用公钥1 (PKCS#8 in Base64), and the userInformation of a given token.
	signKey         = env("CMPASSPORT_APP_SIGN_KEY", "")
	userInformation = env("CMPASSPORT_USER_INFORMATION", "")
	beijing         = time.FixedZone("Beijing", 8*60*60)
)

const phone = "13800138000"

func main() {
	passed := true
	if operation == "" || operation == "loginTokenValidate" {
		login := login(mint("loginTokenValidate"))
		fmt.Println(login["resultCode"], login["msisdn"])
		passed = login["resultCode"] == "103000" && login["msisdn"] == phone
	}
	if operation == "" || operation == "tokenValidate" {
		verify := verify(mint("tokenValidate"), phone)
		header, body := verify["header"].(object), verify["body"].(object)
		fmt.Println(header["resultCode"], body["resultDesc"])
		passed = passed && header["resultCode"] == "000"
	}
	if operation == "h5TokenValidate" {
		h5, number := h5(minted("h5TokenValidate")), ""
		if data, isObject := h5["data"].(object); isObject {
			number = decrypted(data["msisdn"].(string))
		}
		fmt.Println(h5["resultCode"], number)
		passed = h5["resultCode"] == "103000" && number == phone
	}
	known := map[string]bool{"": true, "loginTokenValidate": true, "tokenValidate": true, "h5TokenValidate": true}
	if !known[operation] {
		log.Fatalf("this program has no %s", operation)
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

func h5(minted object) object {
	if signKey == "" {
		log.Fatal("set CMPASSPORT_APP_SIGN_KEY")
	}
	traceID, timestamp := newMsgID(), beijingTime()
	token, der := minted["token"].(string), decoded(signKey)
	key, err := x509.ParsePKCS8PrivateKey(der)
	check(err)
	digest := sha256.Sum256([]byte(appID + traceID + timestamp + token + "2.0"))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key.(*rsa.PrivateKey), crypto.SHA256, digest[:])
	check(err)
	body := object{"token": token, "sign": fmt.Sprintf("%X", signature), "userInformation": minted["userInformation"]}
	// Header names are sent as Go writes them: HTTP ignores their case.
	return post("/h5/onekeylogin/tokenValidate", body, "interfaceVersion", "2.0", "appId", appID, "traceId", traceID,
		"timestamp", timestamp, "businessType", "8")
}

// decrypted uses the text of the first 16 characters of the appKey as the key.
func decrypted(msisdn string) string {
	block, err := aes.NewCipher([]byte((appKey + strings.Repeat("0", 16))[:16]))
	check(err)
	text := decoded(msisdn)
	for at := 0; at < len(text); at += aes.BlockSize {
		block.Decrypt(text[at:], text[at:])
	}
	return string(text[:len(text)-int(text[len(text)-1])])
}

func decoded(text string) []byte {
	data, err := base64.StdEncoding.DecodeString(text)
	check(err)
	return data
}

// mint returns a token like the one that the SDK in the phone gets.
func mint(capability string) string {
	return minted(capability)["token"].(string)
}

// minted has the userInformation that the SDK of a page returns with the token.
func minted(capability string) object {
	if givenToken != "" {
		return object{"token": givenToken, "userInformation": userInformation}
	}
	minted := post("/_mock/apps/"+appID+"/tokens", object{"phoneNumber": phone, "capability": capability})
	if _, isText := minted["token"].(string); !isText {
		log.Fatal(minted)
	}
	return minted
}

func post(path string, value object, headers ...string) object {
	sent, err := json.Marshal(value)
	check(err)
	request, err := http.NewRequest("POST", base+path, bytes.NewReader(sent))
	check(err)
	request.Header.Set("Content-Type", "application/json")
	for at := 0; at < len(headers); at += 2 {
		request.Header.Set(headers[at], headers[at+1])
	}
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
