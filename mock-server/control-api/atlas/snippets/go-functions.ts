/** What programs for Go are made of. */
import { functions } from './program.js';

export const GO_FUNCTIONS = functions({
  send: `func send(request *http.Request) (status int, answer string) {
	response, err := http.DefaultClient.Do(request)
	check(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	check(err)
	return response.StatusCode, string(text)
}`,
  md5Hex: `func md5Hex(text string) string {
	return fmt.Sprintf("%X", md5.Sum([]byte(text)))
}`,
  sha256Hex: `func sha256Hex(text string) string {
	return fmt.Sprintf("%X", sha256.Sum256([]byte(text)))
}`,
  hmacSHA256Hex: `func hmacSHA256Hex(text, key string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return fmt.Sprintf("%X", mac.Sum(nil))
}`,
  sha256WithRSA: `// In hex.
func sha256WithRSA(text, privateKey string) string {
	digest := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, readPrivateKey(privateKey), crypto.SHA256, digest[:])
	check(err)
	return fmt.Sprintf("%X", signature)
}`,
  md5WithRSA: `// In Base64.
func md5WithRSA(text, privateKey string) string {
	digest := md5.Sum([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, readPrivateKey(privateKey), crypto.MD5, digest[:])
	check(err)
	return base64.StdEncoding.EncodeToString(signature)
}`,
  encrypt: `// RSA with PKCS#1 v1.5 padding, in Base64.
func encrypt(text, publicKey string) string {
	der, err := base64.StdEncoding.DecodeString(publicKey)
	check(err)
	key, err := x509.ParsePKIXPublicKey(der)
	check(err)
	ciphertext, err := rsa.EncryptPKCS1v15(rand.Reader, key.(*rsa.PublicKey), []byte(text))
	check(err)
	return base64.StdEncoding.EncodeToString(ciphertext)
}`,
  decrypt: `// RSA with PKCS#1 v1.5 padding.
func decrypt(text, privateKey string) string {
	ciphertext, err := hex.DecodeString(text)
	check(err)
	number, err := rsa.DecryptPKCS1v15(rand.Reader, readPrivateKey(privateKey), ciphertext)
	check(err)
	return string(number)
}`,
  readPrivateKey: `// PKCS#8 in Base64, as the portal has it.
func readPrivateKey(text string) *rsa.PrivateKey {
	der, err := base64.StdEncoding.DecodeString(text)
	check(err)
	key, err := x509.ParsePKCS8PrivateKey(der)
	check(err)
	return key.(*rsa.PrivateKey)
}`,
  newMsgID: `func newMsgID() string {
	random := make([]byte, 16)
	_, err := rand.Read(random)
	check(err)
	return fmt.Sprintf("%x", random)
}`,
  beijingTime: `// 17 digits, yyyyMMddHHmmssSSS.
func beijingTime() string {
	beijing := time.FixedZone("Beijing", 8*60*60)
	return strings.Replace(time.Now().In(beijing).Format("20060102150405.000"), ".", "", 1)
}`,
  toJSON: `func toJSON(value object) string {
	text, err := json.Marshal(value)
	check(err)
	return string(text)
}`,
  textIn: `// The text that a JSON object has by that name.
func textIn(answer, name string) string {
	var fields object
	check(json.Unmarshal([]byte(answer), &fields))
	text, isText := fields[name].(string)
	if !isText {
		log.Fatalf("no %s in %s", name, answer)
	}
	return text
}`,
  check: `func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}`,
});
