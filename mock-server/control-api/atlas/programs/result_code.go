// A template: ../fill-template.ts explains the marks. Run as it is, it sends each kind of request to a mock. // {{ purpose }}
// Signed with MD5. // {{ if md5 }}
// Signed with HMACSHA256. // {{ if hmac }}
// Signed with RSA (SHA256withRSA). // {{ if loginTokenValidate and rsa }}
// Signed with RSA (MD5withRSA). // {{ if tokenValidate and rsa }}
// Go 1.18 or newer, standard library only. Run: go run result_code.go
package main

import (
	"crypto"          // {{ if rsa }}
	"crypto/hmac"     // {{ if hmac }}
	"crypto/md5"      // {{ if md5 or tokenValidate and rsa }}
	"crypto/rand"     // {{ if app }}
	"crypto/rsa"      // {{ if rsa }}
	"crypto/sha256"   // {{ if hmac or loginTokenValidate and rsa }}
	"crypto/x509"     // {{ if rsa }}
	"encoding/base64" // {{ if rsa }}
	"encoding/hex"    // {{ if decrypt }}
	"encoding/json"   // {{ if app }}
	"fmt"
	"io"
	"log"
	"net/http"
	"os"      // {{ if controlToken }}
	"strings" // {{ if not get }}
	"time"    // {{ if app }}
)

// {{ if app }}
type object = map[string]any

// {{ end }}

// {{ if loginTokenValidate }}
const loginURL = "http://127.0.0.1:10086/unisdk/rsapi/loginTokenValidate" // {{ url }}
// {{ end }}
// {{ if tokenValidate }}
const verifyURL = "http://127.0.0.1:10086/openapi/rs/tokenValidate" // {{ url }}
// {{ end }}
// {{ if header }}
const resultCode = "103000" // {{ header }}
// {{ end }}
// {{ if token }}
const givenToken = "STsid0000001500000000000NEVERMINTEDNEVERMINTEDNEVERMINTE" // {{ token }}
// {{ end }}
// {{ if body }}
const givenBody = `{"version":` // {{ body }}
// {{ end }}
// {{ if app }}
const controlURL = "http://127.0.0.1:10086/_mock"                    // {{ controlUrl }}
const ownAppID = "atlas-template"                                    // {{ ownAppId }}
const appSettings = `{"appId":"atlas-template","generateKeys":true}` // {{ app }}
// {{ end }}
// {{ if otherApp }}
const otherAppID = "atlas-template-other"                   // {{ otherAppId }}
const otherAppSettings = `{"appId":"atlas-template-other"}` // {{ otherApp }}
// {{ end }}
// {{ if loginTokenValidate and mint }}
const loginPhone = `{"phoneNumber":"13800138000","capability":"loginTokenValidate"}` // {{ mint }}
// {{ end }}
// {{ if tokenValidate and mint }}
const verifyPhone = `{"phoneNumber":"13800138000","capability":"tokenValidate"}` // {{ mint }}
// {{ end }}

// {{ if controlToken }}
// The mock requires its control token, which this program reads from the environment.
var controlToken = os.Getenv("CMPASSPORT_CONTROL_TOKEN")

// {{ end }}

func main() {
	// {{ if app }}
	app := makeApp(ownAppID, appSettings)
	// {{ end }}
	// {{ if otherApp }}
	makeApp(otherAppID, otherAppSettings)
	// {{ end }}
	// {{ if script }} setScript()
	// {{ if loginTokenValidate and md5 }}
	fmt.Println(loginWithMD5(mint(loginPhone), app)) // {{ if mint }}
	// {{ if token }} fmt.Println(loginWithMD5(givenToken, app))
	// {{ end }}
	// {{ if loginTokenValidate and rsa }}
	answer := loginWithRSA(mint(loginPhone), app) // {{ if mint }}
	// {{ if token }} answer := loginWithRSA(givenToken, app)
	fmt.Println(answer)
	// {{ end }}
	// {{ if decrypt }}
	fmt.Println(decrypt(textIn(answer, "msisdn"), textIn(app, "appDecryptPrivateKey")))
	// {{ end }}
	// {{ if tokenValidate and hmac }}
	fmt.Println(verifyWithHMAC(mint(verifyPhone), app)) // {{ if mint }}
	// {{ if token }} fmt.Println(verifyWithHMAC(givenToken, app))
	// {{ end }}
	// {{ if tokenValidate and rsa }}
	fmt.Println(verifyWithRSA(mint(verifyPhone), app)) // {{ if mint }}
	// {{ if token }} fmt.Println(verifyWithRSA(givenToken, app))
	// {{ end }}
	// {{ if body }}
	fmt.Println(post(loginURL, givenBody))  // {{ if loginTokenValidate }}
	fmt.Println(post(verifyURL, givenBody)) // {{ if tokenValidate }}
	// {{ end }}
	// {{ if get }}
	fmt.Println(get(loginURL))  // {{ if loginTokenValidate }}
	fmt.Println(get(verifyURL)) // {{ if tokenValidate }}
	// {{ end }}
}

// {{ if app }}
// Creates the app again, so that every run starts from the same state.
func makeApp(appID, settings string) string {
	control("DELETE", "/apps/"+appID, "")
	// Only this response contains the private keys. // {{ if rsa }}
	return control("POST", "/apps", settings)
}

// {{ end }}

// {{ if script }}
// Sets the result of the app's next request.
func setScript() {
	path := "/apps/atlas-template/outcomes/loginTokenValidate" // {{ scriptPath }}
	script := `{"script":"103000"}`                            // {{ script }}
	control("PUT", path, script)
}

// {{ end }}

// {{ if mint }}
// The token that the SDK in the phone receives.
func mint(phone string) string {
	path := "/apps/" + ownAppID + "/tokens" // {{ mintPath }}
	return textIn(control("POST", path, phone), "token")
}

// {{ end }}

// {{ if loginTokenValidate and md5 }}
func loginWithMD5(token, app string) string {
	version := "2.0" // {{ version }}
	msgid := newMsgID()
	systemtime := beijingTime()
	strictcheck := "0" // {{ strictCheck }}
	appid := ownAppID  // {{ appId }}
	text := appid + version + msgid + systemtime + strictcheck + token + textIn(app, "appSecret")
	sign := md5Hex(text)
	// {{ if sign }} sign = "" // {{ sign }}
	return post(loginURL, toJSON(object{
		"version":     version,
		"msgid":       msgid,
		"systemtime":  systemtime,
		"strictcheck": strictcheck,
		"appid":       appid,
		"token":       token,
		"sign":        sign,
	}))
}

// {{ end }}

// {{ if loginTokenValidate and rsa }}
func loginWithRSA(token, app string) string {
	version := "2.0" // {{ version }}
	msgid := newMsgID()
	systemtime := beijingTime()
	strictcheck := "0" // {{ strictCheck }}
	appid := ownAppID  // {{ appId }}
	text := appid + token
	sign := sha256WithRSA(text, textIn(app, "appSignPrivateKey"))
	// {{ if sign }} sign = "" // {{ sign }}
	return post(loginURL, toJSON(object{
		"version":             version,
		"msgid":               msgid,
		"systemtime":          systemtime,
		"strictcheck":         strictcheck,
		"appid":               appid,
		"token":               token,
		"sign":                sign,
		"encryptionalgorithm": "RSA",
	}))
}

// {{ end }}

// {{ if tokenValidate and hmac }}
func verifyWithHMAC(token, app string) string {
	appKey := textIn(app, "appKey")
	phoneNumber := "13800138000" // {{ phoneNumber }}
	version := "1.0"             // {{ version }}
	msgID := newMsgID()
	timestamp := beijingTime()
	appID := ownAppID // {{ appId }}
	phoneNum := sha256Hex(phoneNumber + appKey + timestamp)
	// {{ if phoneNum }} phoneNum = "" // {{ phoneNum }}
	text := appID + msgID + phoneNum + timestamp + token + version
	sign := hmacSHA256Hex(text, appKey)
	// {{ if sign }} sign = "" // {{ sign }}
	return post(verifyURL, toJSON(object{
		"header": object{"version": version, "msgId": msgID, "timestamp": timestamp, "appId": appID},
		"body": object{
			"openType":      "1",
			"requesterType": "0",
			"keyType":       "0",
			"phoneNum":      phoneNum,
			"token":         token,
			"sign":          sign,
		},
	}))
}

// {{ end }}

// {{ if tokenValidate and rsa }}
func verifyWithRSA(token, app string) string {
	phoneNumber := "13800138000" // {{ phoneNumber }}
	version := "1.0"             // {{ version }}
	msgID := newMsgID()
	timestamp := beijingTime()
	appID := ownAppID // {{ appId }}
	phoneNum := encrypt(phoneNumber+textIn(app, "appKey")+timestamp, textIn(app, "platformPublicKey"))
	// {{ if phoneNum }} phoneNum = "" // {{ phoneNum }}
	text := appID + msgID + phoneNum + timestamp + token + version
	sign := md5WithRSA(text, textIn(app, "appSignPrivateKey"))
	// {{ if sign }} sign = "" // {{ sign }}
	return post(verifyURL, toJSON(object{
		"header": object{"version": version, "msgId": msgID, "timestamp": timestamp, "appId": appID},
		"body": object{
			"openType":      "1",
			"requesterType": "0",
			"keyType":       "1",
			"phoneNum":      phoneNum,
			"token":         token,
			"sign":          sign,
		},
	}))
}

// {{ end }}

// {{ if app }}
// Calls the mock's control API.
func control(method, path, body string) string {
	request, err := http.NewRequest(method, controlURL+path, strings.NewReader(body))
	check(err)
	request.Header.Set("Authorization", "Bearer "+controlToken) // {{ if controlToken }}
	status, answer := send(request)
	// A DELETE may find nothing to remove.
	if status >= 400 && method != "DELETE" {
		log.Fatal(answer)
	}
	return answer
}

func newMsgID() string {
	random := make([]byte, 16)
	_, err := rand.Read(random)
	check(err)
	return fmt.Sprintf("%x", random)
}

// 17 digits, yyyyMMddHHmmssSSS.
func beijingTime() string {
	beijing := time.FixedZone("Beijing", 8*60*60)
	return strings.Replace(time.Now().In(beijing).Format("20060102150405.000"), ".", "", 1)
}

func toJSON(value object) string {
	text, err := json.Marshal(value)
	check(err)
	return string(text)
}

// The text of that name in a JSON object.
func textIn(answer, name string) string {
	var fields object
	check(json.Unmarshal([]byte(answer), &fields))
	text, isText := fields[name].(string)
	if !isText {
		log.Fatalf("no %s in %s", name, answer)
	}
	return text
}

// {{ end }}

// {{ if md5 }}
func md5Hex(text string) string {
	return fmt.Sprintf("%X", md5.Sum([]byte(text)))
}

// {{ end }}

// {{ if hmac }}
func sha256Hex(text string) string {
	return fmt.Sprintf("%X", sha256.Sum256([]byte(text)))
}

func hmacSHA256Hex(text, key string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return fmt.Sprintf("%X", mac.Sum(nil))
}

// {{ end }}

// {{ if loginTokenValidate and rsa }}
// In hex.
func sha256WithRSA(text, privateKey string) string {
	digest := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, readPrivateKey(privateKey), crypto.SHA256, digest[:])
	check(err)
	return fmt.Sprintf("%X", signature)
}

// {{ end }}

// {{ if tokenValidate and rsa }}
// In Base64.
func md5WithRSA(text, privateKey string) string {
	digest := md5.Sum([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, readPrivateKey(privateKey), crypto.MD5, digest[:])
	check(err)
	return base64.StdEncoding.EncodeToString(signature)
}

// RSA with PKCS#1 v1.5 padding, in Base64.
func encrypt(text, publicKey string) string {
	der, err := base64.StdEncoding.DecodeString(publicKey)
	check(err)
	key, err := x509.ParsePKIXPublicKey(der)
	check(err)
	ciphertext, err := rsa.EncryptPKCS1v15(rand.Reader, key.(*rsa.PublicKey), []byte(text))
	check(err)
	return base64.StdEncoding.EncodeToString(ciphertext)
}

// {{ end }}

// {{ if decrypt }}
// RSA with PKCS#1 v1.5 padding.
func decrypt(text, privateKey string) string {
	ciphertext, err := hex.DecodeString(text)
	check(err)
	number, err := rsa.DecryptPKCS1v15(rand.Reader, readPrivateKey(privateKey), ciphertext)
	check(err)
	return string(number)
}

// {{ end }}

// {{ if rsa }}
// PKCS#8 in Base64, as the portal shows it.
func readPrivateKey(text string) *rsa.PrivateKey {
	der, err := base64.StdEncoding.DecodeString(text)
	check(err)
	key, err := x509.ParsePKCS8PrivateKey(der)
	check(err)
	return key.(*rsa.PrivateKey)
}

// {{ end }}

// {{ if get }}
// The carrier's response, unchanged.
func get(url string) string {
	request, err := http.NewRequest("GET", url, nil)
	check(err)
	_, answer := send(request)
	return answer
}

// {{ end }}

// {{ if not get }}
// The carrier's response, unchanged.
func post(url, body string) string {
	request, err := http.NewRequest("POST", url, strings.NewReader(body))
	check(err)
	request.Header.Set("Content-Type", "application/json")
	// {{ if header }} request.Header.Set("X-Mock-Result-Code", resultCode)
	_, answer := send(request)
	return answer
}

// {{ end }}

func send(request *http.Request) (status int, answer string) {
	response, err := http.DefaultClient.Do(request)
	check(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	check(err)
	return response.StatusCode, string(text)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
