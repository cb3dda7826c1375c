// Carrier E: Go, typed structs, token first, signature near the end.
package main

import (
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"
)

type App struct {
	AppId, Name, AppKey, AppSecret                                       string
	AppSignPublicKey, AppEncryptPublicKey, PlatformPrivateKey, PlatformPublicKey string
	AppSignPrivateKey, AppEncryptPrivateKey                              string
}
type Token struct {
	App, Phone, Op string
	At             int64
	Used           bool
}

var (
	mu     sync.Mutex
	apps   = map[string]App{}
	tokens = map[string]*Token{}
	ahead  int64
)
var china = time.FixedZone("CST", 8*3600)

func now() int64 { return time.Now().UnixMilli() + ahead }
func now17() string {
	return strings.Replace(time.UnixMilli(now()).In(china).Format("20060102150405.000"), ".", "", 1)
}
func uuid() string {
	b := make([]byte, 16)
	rand.Read(b)
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

type Login struct {
	Version             string `json:"version"`
	MsgId               string `json:"msgid"`
	SystemTime          string `json:"systemtime"`
	StrictCheck         string `json:"strictcheck"`
	AppId               string `json:"appid"`
	Token               string `json:"token"`
	Sign                string `json:"sign"`
	ExpandParams        string `json:"expandparams"`
	EncryptionAlgorithm string `json:"encryptionalgorithm"`
}
type LoginReply struct {
	InResponseTo string  `json:"inresponseto"`
	SystemTime   string  `json:"systemtime"`
	ResultCode   string  `json:"resultCode"`
	Desc         string  `json:"desc"`
	TaskId       *string `json:"taskId"`
	Msisdn       string  `json:"msisdn,omitempty"`
}

func send(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

var digits17 = regexp.MustCompile(`^\d{17}$`)

func sentAt(t string) (int64, bool) {
	if !digits17.MatchString(t) {
		return 0, false
	}
	at, err := time.ParseInLocation("20060102150405.000", t[:14]+"."+t[14:], china)
	return at.UnixMilli(), err == nil
}
func pub(b64 string) *rsa.PublicKey {
	der, _ := base64.StdEncoding.DecodeString(b64)
	k, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil
	}
	return k.(*rsa.PublicKey)
}
func take(text, op, appId string) (*Token, string) {
	t := tokens[text]
	if t == nil || t.Used || now()-t.At >= 120000 {
		return nil, "gone"
	}
	if t.App != appId {
		return nil, "app"
	}
	if t.Op != op {
		return nil, "op"
	}
	return t, ""
}

var texts = map[string]string{"103000": "success", "103101": "sign error", "103119": "appid not exist", "103133": "token of another app", "103211": "type error", "103412": "invalid request", "103414": "parameter error", "103811": "token empty", "104201": "token invalid", "105018": "no permission", "105313": "illegal request",
	"000": "是本机号码", "001": "非本机号码", "004": "加密手机号码错误", "102": "参数无效", "302": "签名错误", "303": "参数解析错误", "606": "验证Token失败"}

func login(w http.ResponseWriter, r *http.Request) {
	if r.Method != "POST" {
		http.Error(w, "method not allowed", 405)
		return
	}
	if !strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "application/json") {
		http.Error(w, "unsupported media type", 415)
		return
	}
	var m Login
	reply := func(status int, code, msisdn string) {
		out := LoginReply{InResponseTo: m.MsgId, SystemTime: now17(), ResultCode: code, Desc: texts[code], Msisdn: msisdn}
		if code == "103000" {
			id := uuid()
			out.TaskId = &id
		}
		send(w, status, out)
	}
	body, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(body, &m); err != nil {
		m = Login{}
		if _, is := err.(*json.UnmarshalTypeError); is {
			reply(400, "103211", "")
		} else {
			reply(400, "103412", "")
		}
		return
	}
	mu.Lock()
	defer mu.Unlock()
	if m.Token == "" {
		reply(200, "103811", "")
		return
	}
	t, why := take(m.Token, "loginTokenValidate", m.AppId)
	if why == "gone" {
		reply(200, "104201", "")
		return
	}
	app, known := apps[m.AppId]
	if !known {
		reply(401, "103119", "")
		return
	}
	if why != "" {
		reply(200, map[string]string{"app": "103133", "op": "105018"}[why], "")
		return
	}
	if m.Version == "" || m.MsgId == "" || len(m.MsgId) > 36 || m.SystemTime == "" || m.StrictCheck == "" {
		reply(200, "103414", "")
		return
	}
	if _, ok := sentAt(m.SystemTime); !ok {
		reply(200, "103414", "")
		return
	}
	if m.Sign == "" {
		reply(200, "103101", "")
		return
	}
	rsaMode := m.EncryptionAlgorithm == "RSA"
	good := false
	if rsaMode {
		sum := sha256.Sum256([]byte(m.AppId + m.Token))
		sig, err := hex.DecodeString(m.Sign)
		good = err == nil && rsa.VerifyPKCS1v15(pub(app.AppSignPublicKey), crypto.SHA256, sum[:], sig) == nil
	} else {
		sum := md5.Sum([]byte(m.AppId + m.Version + m.MsgId + m.SystemTime + m.StrictCheck + m.Token + app.AppSecret))
		good = hex.EncodeToString(sum[:]) == strings.ToLower(m.Sign)
	}
	if !good {
		reply(401, "103101", "")
		return
	}
	if m.Version != "1.0" && m.Version != "2.0" || m.StrictCheck != "0" && m.StrictCheck != "1" {
		reply(200, "105313", "")
		return
	}
	t.Used = true
	msisdn := t.Phone
	if rsaMode {
		c, _ := rsa.EncryptPKCS1v15(rand.Reader, pub(app.AppEncryptPublicKey), []byte(t.Phone))
		msisdn = strings.ToUpper(hex.EncodeToString(c))
	}
	reply(200, "103000", msisdn)
}

type Head struct {
	Version   string `json:"version"`
	MsgId     string `json:"msgId"`
	Timestamp string `json:"timestamp"`
	AppId     string `json:"appId"`
}
type Body struct {
	OpenType      string `json:"openType"`
	RequesterType string `json:"requesterType"`
	Message       string `json:"message"`
	ExpandParams  string `json:"expandParams"`
	KeyType       any    `json:"keyType"`
	PhoneNum      string `json:"phoneNum"`
	Token         string `json:"token"`
	Sign          string `json:"sign"`
}
type Verify struct {
	Header Head `json:"header"`
	Body   Body `json:"body"`
}

func verify(w http.ResponseWriter, r *http.Request) {
	if r.Method != "POST" {
		http.Error(w, "method not allowed", 405)
		return
	}
	if !strings.HasPrefix(strings.ToLower(r.Header.Get("Content-Type")), "application/json") {
		http.Error(w, "unsupported media type", 415)
		return
	}
	var m Verify
	reply := func(status int, code string) {
		body := map[string]any{"resultDesc": texts[code], "message": m.Body.Message, "taskId": nil}
		if code == "000" || code == "001" {
			body["taskId"] = uuid()
		}
		if m.Body.ExpandParams != "" {
			body["expandParams"] = m.Body.ExpandParams
		}
		send(w, status, map[string]any{"header": map[string]any{"appId": m.Header.AppId, "msgId": m.Header.MsgId, "resultCode": code, "timestamp": now17()}, "body": body})
	}
	raw, _ := io.ReadAll(r.Body)
	if json.Unmarshal(raw, &m) != nil {
		m = Verify{}
		reply(400, "303")
		return
	}
	mu.Lock()
	defer mu.Unlock()
	h, b := m.Header, m.Body
	if h.AppId == "" || b.Token == "" {
		reply(200, "102")
		return
	}
	t, why := take(b.Token, "tokenValidate", h.AppId)
	if why != "" {
		reply(200, "606")
		return
	}
	app, known := apps[h.AppId]
	if !known {
		reply(200, "302")
		return
	}
	if h.Version == "" || h.MsgId == "" || h.Timestamp == "" || b.PhoneNum == "" || b.Sign == "" || b.RequesterType == "" {
		reply(200, "102")
		return
	}
	if _, ok := sentAt(h.Timestamp); !ok {
		reply(200, "102")
		return
	}
	keyType := fmt.Sprint(b.KeyType)
	text := h.AppId + h.MsgId + b.PhoneNum + h.Timestamp + b.Token + h.Version
	good, match := false, false
	readable := true
	if keyType == "1" {
		sum := md5.Sum([]byte(text))
		sig, err := base64.StdEncoding.DecodeString(b.Sign)
		good = err == nil && rsa.VerifyPKCS1v15(pub(app.AppSignPublicKey), crypto.MD5, sum[:], sig) == nil
		der, _ := base64.StdEncoding.DecodeString(app.PlatformPrivateKey)
		key, _ := x509.ParsePKCS8PrivateKey(der)
		c, err := base64.StdEncoding.DecodeString(b.PhoneNum)
		clear := []byte{}
		if err == nil {
			clear, err = rsa.DecryptPKCS1v15(nil, key.(*rsa.PrivateKey), c)
		}
		readable = err == nil && strings.HasSuffix(string(clear), app.AppKey+h.Timestamp)
		match = string(clear) == t.Phone+app.AppKey+h.Timestamp
	} else {
		mac := hmac.New(sha256.New, []byte(app.AppKey))
		mac.Write([]byte(text))
		good = hex.EncodeToString(mac.Sum(nil)) == strings.ToLower(b.Sign)
		readable = regexp.MustCompile(`^[0-9A-Fa-f]{64}$`).MatchString(b.PhoneNum)
		sum := sha256.Sum256([]byte(t.Phone + app.AppKey + h.Timestamp))
		match = strings.EqualFold(hex.EncodeToString(sum[:]), b.PhoneNum)
	}
	if !readable {
		reply(200, "004")
		return
	}
	if !good {
		reply(401, "302")
		return
	}
	if h.Version != "1.0" || b.RequesterType == "0" && !regexp.MustCompile(`^[0-3]$`).MatchString(b.OpenType) {
		reply(200, "102")
		return
	}
	t.Used = true
	if match {
		reply(200, "000")
	} else {
		reply(200, "001")
	}
}

func main() {
	data, _ := os.ReadFile(os.Args[1])
	var list []App
	if err := json.Unmarshal(data, &list); err != nil {
		panic(err)
	}
	for _, a := range list {
		apps[a.AppId] = a
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/mint", func(w http.ResponseWriter, r *http.Request) {
		var in struct{ AppId, Phone, Operation string }
		json.NewDecoder(r.Body).Decode(&in)
		mu.Lock()
		defer mu.Unlock()
		b := make([]byte, 16)
		rand.Read(b)
		text := fmt.Sprintf("STsid000000%013d%s", now(), hex.EncodeToString(b))
		tokens[text] = &Token{in.AppId, in.Phone, in.Operation, now(), false}
		send(w, 200, map[string]string{"token": text})
	})
	mux.HandleFunc("/clock", func(w http.ResponseWriter, r *http.Request) {
		var in struct{ AdvanceMs int64 }
		json.NewDecoder(r.Body).Decode(&in)
		mu.Lock()
		ahead += in.AdvanceMs
		mu.Unlock()
		send(w, 200, map[string]string{})
	})
	mux.HandleFunc("/unisdk/rsapi/loginTokenValidate", login)
	mux.HandleFunc("/openapi/rs/tokenValidate", verify)
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	fmt.Printf("{\"url\":\"http://%s\"}\n", l.Addr())
	http.Serve(l, mux)
}
