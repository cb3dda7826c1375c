/*
 * A client of the carrier's two operations, and its tests against a mock: Java 17 or newer,
 * standard library only. Run: node ../../../dist/main.js exec -- java IntegrationTest.java
 *
 * The tests come first, then CmpassportClient, the code under test, then MockApp, which calls the mock's control API.
 * In JUnit 5, write each row of TESTS as a @Test method, and use assertEquals() instead of same().
 */
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class IntegrationTest {
    static final String PHONE = "13800138000";
    static final String ANOTHER_PHONE = "13900139000";
    static final String LOGIN = "loginTokenValidate";
    static final String VERIFY = "tokenValidate";

    interface Test {
        void run(MockApp app) throws Exception;
    }

    /** The settings of the test's app, in JSON: see docs/control-api.md. */
    record Row(String name, String settings, Test test) {}

    static final List<Row> TESTS = List.of(
        new Row("a fresh token returns the phone number and is charged once", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            same(new Answer.PhoneNumber(PHONE), clientOf(app).phoneNumberOf(token));
            same(1, app.calls(""));
            same(1, app.charged());
        }),
        new Row("a token works once, and a refused token is not sent again", "{}", app -> {
            CmpassportClient client = clientOf(app);
            String token = app.mint(LOGIN, PHONE);
            client.phoneNumberOf(token);
            same(new Answer.Refused("104201", Advice.GET_A_NEW_TOKEN), client.phoneNumberOf(token));
            same(1, app.calls(",\"resultCode\":\"104201\",\"token\":\"" + token + "\""));
            same(1, app.charged());
        }),
        new Row("a token expires after two minutes", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            app.advanceClock("2m");
            same(new Answer.Refused("104201", Advice.GET_A_NEW_TOKEN), clientOf(app).phoneNumberOf(token));
            same(0, app.charged());
        }),
        new Row("the token's number is confirmed, and another number gets an accessToken for an SMS", """
            {"capabilities":["tokenValidate","smsFallback"]}""", app -> {
            CmpassportClient client = clientOf(app);
            same(new Answer.OwnNumber(), client.isNumberOf(app.mint(VERIFY, PHONE), PHONE));
            Answer other = client.isNumberOf(app.mint(VERIFY, PHONE), ANOTHER_PHONE);
            same(true, other instanceof Answer.OtherNumber number && number.accessToken().matches("[0-9a-f]{32}"));
        }),
        new Row("two carrier failures advise a later retry, and the third call succeeds", "{}", app -> {
            CmpassportClient client = clientOf(app);
            app.script(LOGIN, "103211*2, pass");
            Answer down = new Answer.Refused("103211", Advice.TRY_AGAIN_LATER);
            same(down, client.phoneNumberOf(app.mint(LOGIN, PHONE)));
            same(down, client.phoneNumberOf(app.mint(LOGIN, PHONE)));
            same(new Answer.PhoneNumber(PHONE), client.phoneNumberOf(app.mint(LOGIN, PHONE)));
            same("", app.remaining(LOGIN));
        }),
        new Row("a response that is lost after the charge is not requested again", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            app.script(LOGIN, "lose");
            breaks(() -> clientOf(app).phoneNumberOf(token));
            same(1, app.calls(",\"token\":\"" + token + "\""));
            same(1, app.charged());
        }),
        new Row("a slow response ends in a timeout, although the call may be charged", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            app.script(LOGIN, "delay(3s) pass");
            CmpassportClient client = clientOf(app, app.appSecret, Duration.ofSeconds(1));
            breaks(() -> client.phoneNumberOf(token));
            same(1, app.calls(",\"token\":\"" + token + "\""));
            same(1, app.charged());
        }),
        new Row("a wrong secret is refused, and the mock reports which secret was used", "{}", app -> {
            CmpassportClient client = clientOf(app, app.appKey, Duration.ofSeconds(5));
            Answer answer = client.phoneNumberOf(app.mint(LOGIN, PHONE));
            same(new Answer.Refused("103101", Advice.CALL_AN_ENGINEER), answer);
            same("sign.secret-swapped", app.firstFinding());
        }),
        new Row("an address that is not on the whitelist is refused", """
            {"ipWhitelist":{"tokenValidate":"192.0.2.1"}}""", app -> {
            Answer answer = clientOf(app).isNumberOf(app.mint(VERIFY, PHONE), PHONE);
            same(new Answer.Refused("124", Advice.CALL_AN_ENGINEER), answer);
            same(0, app.charged());
        }));

    /** The tests run in parallel: each has its own app. */
    public static void main(String[] args) {
        long passed = TESTS.parallelStream().filter(IntegrationTest::passes).count();
        long failed = TESTS.size() - passed;
        System.out.println(passed + " of " + TESTS.size() + " tests passed");
        System.exit(failed == 0 ? 0 : 1);
    }

    static boolean passes(Row row) {
        try {
            MockApp app = new MockApp(row.settings);
            try {
                row.test.run(app);
            } finally {
                app.remove();
            }
            System.out.println("ok      " + row.name);
            return true;
        } catch (Exception | AssertionError problem) {
            System.out.println("FAILED  " + row.name + "\n        " + problem);
            return false;
        }
    }

    static CmpassportClient clientOf(MockApp app) {
        return clientOf(app, app.appSecret, Duration.ofSeconds(5));
    }

    static CmpassportClient clientOf(MockApp app, String appSecret, Duration timeout) {
        return new CmpassportClient(MockApp.BASE, app.appId, app.appKey, appSecret, timeout);
    }

    static void same(Object expected, Object found) {
        if (!Objects.equals(expected, found)) throw new AssertionError("expected " + expected + ", found " + found);
    }

    interface Exchange {
        Answer run() throws Exception;
    }

    static void breaks(Exchange exchange) throws Exception {
        Answer answer;
        try {
            answer = exchange.run();
        } catch (BrokenExchange expected) {
            return;
        }
        throw new AssertionError("expected a broken exchange, found " + answer);
    }
}

/** What to do about a refusal. */
enum Advice {
    TRY_AGAIN_LATER, GET_A_NEW_TOKEN, CALL_AN_ENGINEER
}

/** The carrier's result. */
sealed interface Answer {
    record PhoneNumber(String phoneNumber) implements Answer {}

    record OwnNumber() implements Answer {}

    /** The accessToken is null if the app does not have 短验辅助. */
    record OtherNumber(String accessToken) implements Answer {}

    record Refused(String resultCode, Advice advice) implements Answer {}
}

/** No usable response arrived. The carrier may have charged the call and consumed the token: never send it again. */
final class BrokenExchange extends IOException {
    BrokenExchange(String message, Throwable cause) {
        super(message, cause);
    }
}

/** The code under test. */
final class CmpassportClient {
    private static final Set<String> LATER = Set.of("103211", "002", "003", "999");
    private static final Set<String> NEW_TOKEN = Set.of("103113", "103811", "104201", "606");
    private static final DateTimeFormatter SEVENTEEN_DIGITS = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base, appId, appKey, appSecret;
    private final Duration timeout;

    /** The base is https://www.cmpassport.com or the URL of a mock. */
    CmpassportClient(String base, String appId, String appKey, String appSecret, Duration timeout) {
        this.base = base;
        this.appId = appId;
        this.appKey = appKey;
        this.appSecret = appSecret;
        this.timeout = timeout;
    }

    /** Calls loginTokenValidate. Returns PhoneNumber or Refused. */
    Answer phoneNumberOf(String token) throws BrokenExchange, InterruptedException {
        String msgid = newMsgId(), systemtime = beijingTime();
        String sign = hex(digest("MD5", appId + "2.0" + msgid + systemtime + "0" + token + appSecret));
        String answer = post("/unisdk/rsapi/loginTokenValidate", String.format(
            "{\"version\":\"2.0\",\"msgid\":\"%s\",\"systemtime\":\"%s\",\"strictcheck\":\"0\","
                + "\"appid\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\"}",
            msgid, systemtime, appId, token, sign));
        String resultCode = Json.text(answer, "resultCode");
        return resultCode.equals("103000") ? new Answer.PhoneNumber(Json.text(answer, "msisdn")) : refused(resultCode);
    }

    /** Calls tokenValidate. Returns OwnNumber, OtherNumber or Refused. */
    Answer isNumberOf(String token, String phoneNumber) throws BrokenExchange, InterruptedException {
        String msgId = newMsgId(), timestamp = beijingTime();
        String phoneNum = hex(digest("SHA-256", phoneNumber + appKey + timestamp));
        String sign = hex(hmacSha256(appKey, appId + msgId + phoneNum + timestamp + token + "1.0"));
        String answer = post("/openapi/rs/tokenValidate", String.format(
            "{\"header\":{\"version\":\"1.0\",\"msgId\":\"%s\",\"timestamp\":\"%s\",\"appId\":\"%s\"},"
                + "\"body\":{\"openType\":\"1\",\"requesterType\":\"0\",\"keyType\":\"0\","
                + "\"phoneNum\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\"}}",
            msgId, timestamp, appId, phoneNum, token, sign));
        String resultCode = Json.text(answer, "resultCode");
        return switch (resultCode) {
            case "000" -> new Answer.OwnNumber();
            case "001" -> new Answer.OtherNumber(Json.text(answer, "accessToken"));
            default -> refused(resultCode);
        };
    }

    /**
     * Sends once. Do not add a retry: a token works once, and success is charged.
     * HttpURLConnection would send a POST without a response again, unless sun.net.http.retryPost is false.
     */
    private String post(String path, String body) throws BrokenExchange, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
        var exchange = HTTP.sendAsync(request, BodyHandlers.ofString());
        try {
            // HttpRequest.timeout() covers only the header, so the body could take any time.
            HttpResponse<String> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            // A truncated response can contain a resultCode. A JSON library would report the missing end.
            boolean complete = response.body().endsWith("}") && Json.text(response.body(), "resultCode") != null;
            if (complete) return response.body();
            throw new BrokenExchange("HTTP " + response.statusCode() + " from " + path, null);
        } catch (ExecutionException | TimeoutException problem) {
            exchange.cancel(true);
            throw new BrokenExchange("no response from " + path, problem);
        }
    }

    /** All other codes need an engineer: configuration, contract or code. */
    private static Answer refused(String resultCode) {
        Advice advice = LATER.contains(resultCode) ? Advice.TRY_AGAIN_LATER
            : NEW_TOKEN.contains(resultCode) ? Advice.GET_A_NEW_TOKEN : Advice.CALL_AN_ENGINEER;
        return new Answer.Refused(resultCode, advice);
    }

    private static String newMsgId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String beijingTime() {
        return ZonedDateTime.now(ZoneId.of("Asia/Shanghai")).format(SEVENTEEN_DIGITS);
    }

    private static byte[] digest(String algorithm, String text) {
        try {
            return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hmacSha256(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}

/** One app of the mock, with its own tokens, clock, scripts, journal and ledger. */
final class MockApp {
    static final String BASE = Objects.requireNonNullElse(System.getenv("CMPASSPORT_BASE"), "http://127.0.0.1:10086");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final String appId, appKey, appSecret;
    private final String path;

    MockApp(String settings) throws Exception {
        String app = call("POST", "/apps", settings);
        appId = Json.text(app, "appId");
        appKey = Json.text(app, "appKey");
        appSecret = Json.text(app, "appSecret");
        path = "/apps/" + appId;
    }

    /** Returns a token like the one that the SDK in the phone gets. */
    String mint(String capability, String phoneNumber) throws Exception {
        String body = String.format("{\"capability\":\"%s\",\"phoneNumber\":\"%s\"}", capability, phoneNumber);
        return Json.text(call("POST", path + "/tokens", body), "token");
    }

    /** Moves only this app's clock forward. */
    void advanceClock(String by) throws Exception {
        call("POST", path + "/clock/advance", "{\"by\":\"" + by + "\"}");
    }

    /** Sets the outcomes of the next calls of an operation. */
    void script(String operation, String script) throws Exception {
        call("PUT", path + "/outcomes/" + operation, "{\"script\":\"" + script + "\"}");
    }

    /** Returns the unused steps of the script, or "". */
    String remaining(String operation) throws Exception {
        return Json.text(call("GET", path + "/outcomes/" + operation, ""), "remaining");
    }

    /** Counts the received requests. The filter is "" or more JSON members: a token, a resultCode. */
    int calls(String filter) throws Exception {
        return Json.number(call("POST", "/requests/count", "{\"appId\":\"" + appId + "\"" + filter + "}"), "count");
    }

    /** Counts the charged calls. */
    int charged() throws Exception {
        return Json.number(call("GET", path + "/ledger", ""), "charged");
    }

    /** Returns the id of the first finding, which explains the result of the latest request best. */
    String firstFinding() throws Exception {
        String latest = Json.text(call("GET", "/requests?limit=1&appId=" + appId, ""), "id");
        String explanation = call("GET", "/requests/" + latest + "/explanation", "");
        return Json.text(explanation.substring(explanation.indexOf("\"findings\"")), "id");
    }

    void remove() throws Exception {
        call("DELETE", path, "");
    }

    private static String call(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(BASE + "/_mock" + path))
            .method(method, BodyPublishers.ofString(body));
        String controlToken = System.getenv("CMPASSPORT_CONTROL_TOKEN");
        if (controlToken != null) request.header("Authorization", "Bearer " + controlToken);
        HttpResponse<String> response;
        try {
            response = HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new IOException("no mock responds at " + BASE + ". Start one, or set CMPASSPORT_BASE.", problem);
        }
        if (response.statusCode() < 300) return response.body();
        throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
}

/** Works for these responses only. In your code, use a JSON library. */
final class Json {
    static String text(String json, String name) {
        return find(json, name, "\"([^\"]*)\"");
    }

    static int number(String json, String name) {
        return Integer.parseInt(find(json, name, "(\\d+)"));
    }

    private static String find(String json, String name, String value) {
        Matcher found = Pattern.compile("\"" + name + "\":" + value).matcher(json);
        return found.find() ? found.group(1) : null;
    }
}
