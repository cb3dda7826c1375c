/* Login with MD5, then verify with HMAC: Java 11 or newer, standard library only. Run: java FirstExchange.java */
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    static final String PHONE = "13800138000";

    static final DateTimeFormatter SEVENTEEN_DIGITS = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");
    static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        boolean passed = true;
        if (!OPERATION.equals("tokenValidate")) {
            String login = login(mint("loginTokenValidate"));
            System.out.println(login);
            passed = field(login, "resultCode").equals("103000") && field(login, "msisdn").equals(PHONE);
        }
        if (!OPERATION.equals("loginTokenValidate")) {
            String verify = verify(mint("tokenValidate"), PHONE);
            System.out.println(verify);
            passed = passed && field(verify, "resultCode").equals("000");
        }
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

    /** Returns a token like the one that the SDK in the phone gets. */
    static String mint(String capability) throws Exception {
        if (!TOKEN.isEmpty()) return TOKEN;
        String body = String.format("{\"phoneNumber\":\"%s\",\"capability\":\"%s\"}", PHONE, capability);
        return field(post("/_mock/apps/" + APP_ID + "/tokens", body), "token");
    }

    static String post(String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(BASE + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!RESULT_CODE.isEmpty()) request.header("X-Mock-Result-Code", RESULT_CODE);
        return HTTP.send(request.build(), BodyHandlers.ofString()).body();
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
