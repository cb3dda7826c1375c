/* Login with MD5, then verify with HMAC; with CMPASSPORT_OPERATION=h5TokenValidate the login of a page with RSA.
   Java 8 or newer, standard library only. Run: javac -encoding UTF-8 FirstExchange.java && java FirstExchange */
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class FirstExchange {
    static final String BASE = env("CMPASSPORT_BASE", "http://127.0.0.1:10086");
    static final String APP_ID = env("CMPASSPORT_APP_ID", "300000000001");
    static final String APP_KEY = env("CMPASSPORT_APP_KEY", "5A1E0C9B7D3F4826B1907E6C42D8AF35");
    static final String APP_SECRET = env("CMPASSPORT_APP_SECRET", "C7B2094E1F6D4A58803A95E7D2146BFC");
    // Optional: only this operation, this token instead of a new one, and the code to force.
    static final String OPERATION = env("CMPASSPORT_OPERATION", "");
    static final String TOKEN = env("CMPASSPORT_TOKEN", "");
    static final String RESULT_CODE = env("CMPASSPORT_RESULT_CODE", "");
    // For h5TokenValidate: the private key of 应用公钥1 (PKCS#8 in Base64), and the userInformation of a given token.
    static final String SIGN_KEY = env("CMPASSPORT_APP_SIGN_KEY", "");
    static final String USER_INFORMATION = env("CMPASSPORT_USER_INFORMATION", "");
    static final String PHONE = "13800138000";

    static final DateTimeFormatter SEVENTEEN_DIGITS = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");

    public static void main(String[] args) throws Exception {
        boolean passed = true;
        if (OPERATION.isEmpty() || OPERATION.equals("loginTokenValidate")) {
            String login = login(mint("loginTokenValidate"));
            System.out.println(login);
            passed = field(login, "resultCode").equals("103000") && field(login, "msisdn").equals(PHONE);
        }
        if (OPERATION.isEmpty() || OPERATION.equals("tokenValidate")) {
            String verify = verify(mint("tokenValidate"), PHONE);
            System.out.println(verify);
            passed = passed && field(verify, "resultCode").equals("000");
        }
        if (OPERATION.equals("h5TokenValidate")) {
            String h5 = h5(minted("h5TokenValidate"));
            System.out.println(h5);
            passed = field(h5, "resultCode").equals("103000") && decrypted(field(h5, "msisdn")).equals(PHONE);
        }
        if (!OPERATION.matches("|loginTokenValidate|tokenValidate|h5TokenValidate"))
            throw new IllegalArgumentException("This program has no " + OPERATION);
        System.exit(passed ? 0 : 1);
    }

    static String login(String token) throws Exception {
        String msgid = newMsgId(), systemtime = beijingTime();
        String sign = hex(md5(APP_ID + "2.0" + msgid + systemtime + "0" + token + APP_SECRET));
        return post("/unisdk/rsapi/loginTokenValidate", String.format(
            "{\"version\":\"2.0\",\"msgid\":\"%s\",\"systemtime\":\"%s\",\"strictcheck\":\"0\","
                + "\"appid\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\"}",
            msgid, systemtime, APP_ID, token, sign));
    }

    static String verify(String token, String phone) throws Exception {
        String msgId = newMsgId(), timestamp = beijingTime();
        String phoneNum = hex(sha256(phone + APP_KEY + timestamp));
        String sign = hex(hmacSha256(APP_ID + msgId + phoneNum + timestamp + token + "1.0", APP_KEY));
        return post("/openapi/rs/tokenValidate", String.format(
            "{\"header\":{\"version\":\"1.0\",\"msgId\":\"%s\",\"timestamp\":\"%s\",\"appId\":\"%s\"},"
                + "\"body\":{\"openType\":\"1\",\"requesterType\":\"0\",\"keyType\":\"0\","
                + "\"phoneNum\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\"}}",
            msgId, timestamp, APP_ID, phoneNum, token, sign));
    }

    static String h5(String minted) throws Exception {
        if (SIGN_KEY.isEmpty()) throw new IllegalStateException("set CMPASSPORT_APP_SIGN_KEY");
        String traceId = newMsgId(), timestamp = beijingTime(), token = field(minted, "token");
        Signature signature = Signature.getInstance("SHA256withRSA");
        byte[] key = Base64.getDecoder().decode(SIGN_KEY);
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key)));
        signature.update((APP_ID + traceId + timestamp + token + "2.0").getBytes(StandardCharsets.UTF_8));
        String body = String.format("{\"token\":\"%s\",\"sign\":\"%s\",\"userInformation\":\"%s\"}",
            token, hex(signature.sign()), field(minted, "userInformation"));
        return post("/h5/onekeylogin/tokenValidate", body, "interfaceVersion", "2.0", "appId", APP_ID,
            "traceId", traceId, "timestamp", timestamp, "businessType", "8");
    }

    /** The key is the text of the first 16 characters of the appKey. */
    static String decrypted(String msisdn) throws Exception {
        byte[] key = (APP_KEY + "0000000000000000").substring(0, 16).getBytes(StandardCharsets.UTF_8);
        Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"));
        return new String(cipher.doFinal(Base64.getDecoder().decode(msisdn)), StandardCharsets.UTF_8);
    }

    /** Returns a token like the one that the SDK in the phone gets. */
    static String mint(String capability) throws Exception {
        return field(minted(capability), "token");
    }

    /** In a page, the SDK returns userInformation with the token. */
    static String minted(String capability) throws Exception {
        if (!TOKEN.isEmpty())
            return String.format("{\"token\":\"%s\",\"userInformation\":\"%s\"}", TOKEN, USER_INFORMATION);
        String body = String.format("{\"phoneNumber\":\"%s\",\"capability\":\"%s\"}", PHONE, capability);
        return post("/_mock/apps/" + APP_ID + "/tokens", body);
    }

    static String post(String path, String body, String... headers) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpURLConnection connection = (HttpURLConnection) URI.create(BASE + path).toURL().openConnection();
        connection.setRequestProperty("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) connection.setRequestProperty(headers[i], headers[i + 1]);
        if (!RESULT_CODE.isEmpty()) connection.setRequestProperty("X-Mock-Result-Code", RESULT_CODE);
        connection.setDoOutput(true);
        // Without this, a POST is sent again if the connection breaks: a token works once, and success is charged.
        connection.setFixedLengthStreamingMode(bytes.length);
        connection.getOutputStream().write(bytes);
        boolean failed = connection.getResponseCode() >= 400;
        try (InputStream response = failed ? connection.getErrorStream() : connection.getInputStream()) {
            return textOf(response);
        }
    }

    static String textOf(InputStream response) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int value; (value = response.read()) != -1; ) bytes.write(value);
        return bytes.toString("UTF-8");
    }

    /** Works for these responses only. In your code, use a JSON library. */
    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) throw new IllegalStateException("no " + name + " in " + json);
        return found.group(1);
    }

    static String newMsgId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static String beijingTime() {
        return ZonedDateTime.now(ZoneId.of("Asia/Shanghai")).format(SEVENTEEN_DIGITS);
    }

    static byte[] md5(String text) throws Exception {
        return MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hmacSha256(String text, String key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) text.append(String.format("%02X", value));
        return text.toString();
    }

    static String env(String name, String fallback) {
        return System.getenv().getOrDefault(name, fallback);
    }
}
