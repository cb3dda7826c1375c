// A template: ../fill-template.ts explains the marks. Run as it is, it sends each kind of request to a mock. // {{ purpose }}
// Signed with MD5. // {{ if md5 }}
// Signed with HMACSHA256. // {{ if hmac }}
// Signed with RSA (SHA256withRSA). // {{ if loginTokenValidate and rsa }}
// Signed with RSA (MD5withRSA). // {{ if tokenValidate and rsa }}
// Java 11 or newer, standard library only. Run: java ResultCode.java

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers; // {{ if not get }}
import java.net.http.HttpResponse; // {{ if app }}
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets; // {{ if app }}
import java.security.KeyFactory; // {{ if rsa }}
import java.security.MessageDigest; // {{ if md5 or hmac }}
import java.security.PrivateKey; // {{ if rsa }}
import java.security.Signature; // {{ if rsa }}
import java.security.spec.PKCS8EncodedKeySpec; // {{ if rsa }}
import java.security.spec.X509EncodedKeySpec; // {{ if tokenValidate and rsa }}
import java.time.ZoneId; // {{ if app }}
import java.time.ZonedDateTime; // {{ if app }}
import java.time.format.DateTimeFormatter; // {{ if app }}
import java.util.Base64; // {{ if rsa }}
import java.util.UUID; // {{ if app }}
import java.util.regex.Matcher; // {{ if app }}
import java.util.regex.Pattern; // {{ if app }}
import javax.crypto.Cipher; // {{ if decrypt or tokenValidate and rsa }}
import javax.crypto.Mac; // {{ if hmac }}
import javax.crypto.spec.SecretKeySpec; // {{ if hmac }}

public class ResultCode {
    // {{ if loginTokenValidate }}
    static final String LOGIN_URL = "http://127.0.0.1:10086/unisdk/rsapi/loginTokenValidate"; // {{ url }}
    // {{ end }}
    // {{ if tokenValidate }}
    static final String VERIFY_URL = "http://127.0.0.1:10086/openapi/rs/tokenValidate"; // {{ url }}
    // {{ end }}
    // {{ if header }}
    static final String RESULT_CODE = "103000"; // {{ header }}
    // {{ end }}
    // {{ if token }}
    static final String TOKEN = "STsid0000001500000000000NEVERMINTEDNEVERMINTEDNEVERMINTE"; // {{ token }}
    // {{ end }}
    // {{ if body }}
    static final String BODY = "{\"version\":"; // {{ body }}
    // {{ end }}
    // {{ if app }}
    static final String CONTROL_URL = "http://127.0.0.1:10086/_mock"; // {{ controlUrl }}
    static final String APP_ID = "atlas-template"; // {{ ownAppId }}
    static final String APP = "{\"appId\":\"atlas-template\",\"generateKeys\":true}"; // {{ app }}
    // {{ end }}
    // {{ if otherApp }}
    static final String OTHER_APP_ID = "atlas-template-other"; // {{ otherAppId }}
    static final String OTHER_APP = "{\"appId\":\"atlas-template-other\"}"; // {{ otherApp }}
    // {{ end }}
    // {{ if loginTokenValidate and mint }}
    static final String LOGIN_PHONE = "{\"phoneNumber\":\"13800138000\",\"capability\":\"loginTokenValidate\"}"; // {{ mint }}
    // {{ end }}
    // {{ if tokenValidate and mint }}
    static final String VERIFY_PHONE = "{\"phoneNumber\":\"13800138000\",\"capability\":\"tokenValidate\"}"; // {{ mint }}
    // {{ end }}
    // {{ if controlToken }}
    // The mock requires its control token, which this program reads from the environment.
    static final String CONTROL_TOKEN = System.getenv("CMPASSPORT_CONTROL_TOKEN");
    // {{ end }}
    static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        // {{ if app }}
        String app = makeApp(APP_ID, APP);
        // {{ end }}
        // {{ if otherApp }}
        makeApp(OTHER_APP_ID, OTHER_APP);
        // {{ end }}
        // {{ if script }} setScript();
        // {{ if loginTokenValidate and md5 }}
        System.out.println(loginWithMd5(mint(LOGIN_PHONE), app)); // {{ if mint }}
        // {{ if token }} System.out.println(loginWithMd5(TOKEN, app));
        // {{ end }}
        // {{ if loginTokenValidate and rsa }}
        String answer = loginWithRsa(mint(LOGIN_PHONE), app); // {{ if mint }}
        // {{ if token }} String answer = loginWithRsa(TOKEN, app);
        System.out.println(answer);
        // {{ end }}
        // {{ if decrypt }}
        System.out.println(decrypt(textIn(answer, "msisdn"), textIn(app, "appDecryptPrivateKey")));
        // {{ end }}
        // {{ if tokenValidate and hmac }}
        System.out.println(verifyWithHmac(mint(VERIFY_PHONE), app)); // {{ if mint }}
        // {{ if token }} System.out.println(verifyWithHmac(TOKEN, app));
        // {{ end }}
        // {{ if tokenValidate and rsa }}
        System.out.println(verifyWithRsa(mint(VERIFY_PHONE), app)); // {{ if mint }}
        // {{ if token }} System.out.println(verifyWithRsa(TOKEN, app));
        // {{ end }}
        // {{ if body }}
        System.out.println(post(LOGIN_URL, BODY)); // {{ if loginTokenValidate }}
        System.out.println(post(VERIFY_URL, BODY)); // {{ if tokenValidate }}
        // {{ end }}
        // {{ if get }}
        System.out.println(get(LOGIN_URL)); // {{ if loginTokenValidate }}
        System.out.println(get(VERIFY_URL)); // {{ if tokenValidate }}
        // {{ end }}
    }

    // {{ if app }}
    /** Creates the app again, so that every run starts from the same state. */
    static String makeApp(String appId, String settings) throws Exception {
        control("DELETE", "/apps/" + appId, "");
        // Only this response contains the private keys. // {{ if rsa }}
        return control("POST", "/apps", settings);
    }
    // {{ end }}

    // {{ if script }}
    /** Sets the result of the app's next request. */
    static void setScript() throws Exception {
        String path = "/apps/atlas-template/outcomes/loginTokenValidate"; // {{ scriptPath }}
        String script = "{\"script\":\"103000\"}"; // {{ script }}
        control("PUT", path, script);
    }
    // {{ end }}

    // {{ if mint }}
    /** The token that the SDK in the phone receives. */
    static String mint(String phone) throws Exception {
        String path = "/apps/" + APP_ID + "/tokens"; // {{ mintPath }}
        return textIn(control("POST", path, phone), "token");
    }
    // {{ end }}

    // {{ if loginTokenValidate and md5 }}
    static String loginWithMd5(String token, String app) throws Exception {
        String version = "2.0"; // {{ version }}
        String msgid = UUID.randomUUID().toString();
        String systemtime = beijingTime();
        String strictcheck = "0"; // {{ strictCheck }}
        String appid = APP_ID; // {{ appId }}
        String text = appid + version + msgid + systemtime + strictcheck + token + textIn(app, "appSecret");
        String sign = md5Hex(text);
        // {{ if sign }} sign = ""; // {{ sign }}
        String body = String.format(
            "{\"version\":\"%s\",\"msgid\":\"%s\",\"systemtime\":\"%s\",\"strictcheck\":\"%s\"," +
                "\"appid\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\"}",
            version, msgid, systemtime, strictcheck, appid, token, sign);
        return post(LOGIN_URL, body);
    }
    // {{ end }}

    // {{ if loginTokenValidate and rsa }}
    static String loginWithRsa(String token, String app) throws Exception {
        String version = "2.0"; // {{ version }}
        String msgid = UUID.randomUUID().toString();
        String systemtime = beijingTime();
        String strictcheck = "0"; // {{ strictCheck }}
        String appid = APP_ID; // {{ appId }}
        String text = appid + token;
        String sign = sha256WithRsa(text, textIn(app, "appSignPrivateKey"));
        // {{ if sign }} sign = ""; // {{ sign }}
        String body = String.format(
            "{\"version\":\"%s\",\"msgid\":\"%s\",\"systemtime\":\"%s\",\"strictcheck\":\"%s\"," +
                "\"appid\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\",\"encryptionalgorithm\":\"RSA\"}",
            version, msgid, systemtime, strictcheck, appid, token, sign);
        return post(LOGIN_URL, body);
    }
    // {{ end }}

    // {{ if tokenValidate and hmac }}
    static String verifyWithHmac(String token, String app) throws Exception {
        String appKey = textIn(app, "appKey");
        String phoneNumber = "13800138000"; // {{ phoneNumber }}
        String version = "1.0"; // {{ version }}
        String msgId = UUID.randomUUID().toString();
        String timestamp = beijingTime();
        String appId = APP_ID; // {{ appId }}
        String phoneNum = sha256Hex(phoneNumber + appKey + timestamp);
        // {{ if phoneNum }} phoneNum = ""; // {{ phoneNum }}
        String text = appId + msgId + phoneNum + timestamp + token + version;
        String sign = hmacSha256Hex(text, appKey);
        // {{ if sign }} sign = ""; // {{ sign }}
        String body = String.format(
            "{\"header\":{\"version\":\"%s\",\"msgId\":\"%s\",\"timestamp\":\"%s\",\"appId\":\"%s\"}," +
                "\"body\":{\"openType\":\"1\",\"requesterType\":\"0\",\"keyType\":\"0\",\"phoneNum\":\"%s\"," +
                "\"token\":\"%s\",\"sign\":\"%s\"}}",
            version, msgId, timestamp, appId, phoneNum, token, sign);
        return post(VERIFY_URL, body);
    }
    // {{ end }}

    // {{ if tokenValidate and rsa }}
    static String verifyWithRsa(String token, String app) throws Exception {
        String phoneNumber = "13800138000"; // {{ phoneNumber }}
        String version = "1.0"; // {{ version }}
        String msgId = UUID.randomUUID().toString();
        String timestamp = beijingTime();
        String appId = APP_ID; // {{ appId }}
        String phoneNum = encrypt(phoneNumber + textIn(app, "appKey") + timestamp, textIn(app, "platformPublicKey"));
        // {{ if phoneNum }} phoneNum = ""; // {{ phoneNum }}
        String text = appId + msgId + phoneNum + timestamp + token + version;
        String sign = md5WithRsa(text, textIn(app, "appSignPrivateKey"));
        // {{ if sign }} sign = ""; // {{ sign }}
        String body = String.format(
            "{\"header\":{\"version\":\"%s\",\"msgId\":\"%s\",\"timestamp\":\"%s\",\"appId\":\"%s\"}," +
                "\"body\":{\"openType\":\"1\",\"requesterType\":\"0\",\"keyType\":\"1\",\"phoneNum\":\"%s\"," +
                "\"token\":\"%s\",\"sign\":\"%s\"}}",
            version, msgId, timestamp, appId, phoneNum, token, sign);
        return post(VERIFY_URL, body);
    }
    // {{ end }}

    // {{ if app }}
    /** Calls the mock's control API. */
    static String control(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(CONTROL_URL + path))
            .header("Authorization", "Bearer " + CONTROL_TOKEN) // {{ if controlToken }}
            .method(method, BodyPublishers.ofString(body))
            .build();
        HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
        // A DELETE may find nothing to remove.
        if (response.statusCode() >= 400 && !method.equals("DELETE")) throw new IllegalStateException(response.body());
        return response.body();
    }

    /** 17 digits, yyyyMMddHHmmssSSS. */
    static String beijingTime() {
        return ZonedDateTime.now(ZoneId.of("Asia/Shanghai")).format(DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS"));
    }

    /** Enough for these responses. In production, use a JSON library. */
    static String textIn(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) throw new IllegalStateException("no " + name + " in " + json);
        return found.group(1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
    // {{ end }}

    // {{ if md5 }}
    static String md5Hex(String text) throws Exception {
        return hex(MessageDigest.getInstance("MD5").digest(bytes(text)));
    }
    // {{ end }}

    // {{ if hmac }}
    static String sha256Hex(String text) throws Exception {
        return hex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    }

    static String hmacSha256Hex(String text, String key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
        return hex(mac.doFinal(bytes(text)));
    }
    // {{ end }}

    // {{ if loginTokenValidate and rsa }}
    /** In hex. */
    static String sha256WithRsa(String text, String privateKey) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(readPrivateKey(privateKey));
        signature.update(bytes(text));
        return hex(signature.sign());
    }
    // {{ end }}

    // {{ if tokenValidate and rsa }}
    /** In Base64. */
    static String md5WithRsa(String text, String privateKey) throws Exception {
        Signature signature = Signature.getInstance("MD5withRSA");
        signature.initSign(readPrivateKey(privateKey));
        signature.update(bytes(text));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    /** In Base64. */
    static String encrypt(String text, String publicKey) throws Exception {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey));
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.ENCRYPT_MODE, KeyFactory.getInstance("RSA").generatePublic(spec));
        return Base64.getEncoder().encodeToString(cipher.doFinal(bytes(text)));
    }
    // {{ end }}

    // {{ if decrypt }}
    static String decrypt(String hex, String privateKey) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, readPrivateKey(privateKey));
        return new String(cipher.doFinal(fromHex(hex)), StandardCharsets.UTF_8);
    }

    static byte[] fromHex(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) Integer.parseInt(hex.substring(2 * at, 2 * at + 2), 16);
        }
        return bytes;
    }
    // {{ end }}

    // {{ if rsa }}
    /** PKCS#8 in Base64, as the portal shows it. */
    static PrivateKey readPrivateKey(String base64) throws Exception {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
        return KeyFactory.getInstance("RSA").generatePrivate(spec);
    }
    // {{ end }}

    // {{ if md5 or hmac or loginTokenValidate and rsa }}
    static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) text.append(String.format("%02X", value));
        return text.toString();
    }
    // {{ end }}

    // {{ if get }}
    static String get(String url) throws Exception {
        return answerTo(HttpRequest.newBuilder(URI.create(url)).build());
    }
    // {{ end }}

    // {{ if not get }}
    static String post(String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            // {{ if header }} .header("X-Mock-Result-Code", RESULT_CODE)
            .POST(BodyPublishers.ofString(body))
            .build();
        return answerTo(request);
    }
    // {{ end }}

    /** The carrier's response, unchanged. */
    static String answerTo(HttpRequest request) throws Exception {
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }
}
