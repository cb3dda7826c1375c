/*
 * A client of the carrier's two operations, and its tests against a mock that is running: Java 17 or newer,
 * standard library only. Run: CMPASSPORT_BASE=http://127.0.0.1:10086 java IntegrationTest.java
 *
 * Below the tests stand CmpassportClient, the code under test, and MockApp, a helper over the mock's control API.
 * With JUnit 5 each row of TESTS is a @Test method, and same() is assertEquals().
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

    /** The settings are those that the test's app is made with, as in the documentation of the control API. */
    record Row(String name, String settings, Test test) {}

    static final List<Row> TESTS = List.of(
        new Row("a fresh token gives the phone number, and is charged once", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            same(new Answer.PhoneNumber(PHONE), clientOf(app).phoneNumberOf(token));
            same(1, app.calls(""));
            same(1, app.charged());
        }),
        new Row("a token works once, and a refused one is not sent again", "{}", app -> {
            CmpassportClient client = clientOf(app);
            String token = app.mint(LOGIN, PHONE);
            client.phoneNumberOf(token);
            same(new Answer.Refused("104201", Advice.GET_A_NEW_TOKEN), client.phoneNumberOf(token));
            same(1, app.calls(",\"resultCode\":\"104201\",\"token\":\"" + token + "\""));
            same(1, app.charged());
        }),
        new Row("a token is dead after two minutes", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            app.advanceClock("2m");
            same(new Answer.Refused("104201", Advice.GET_A_NEW_TOKEN), clientOf(app).phoneNumberOf(token));
            same(0, app.charged());
        }),
        new Row("a number is the token's or it is not, and then an SMS may follow", """
            {"capabilities":["tokenValidate","smsFallback"]}""", app -> {
            CmpassportClient client = clientOf(app);
            same(new Answer.OwnNumber(), client.isNumberOf(app.mint(VERIFY, PHONE), PHONE));
            Answer other = client.isNumberOf(app.mint(VERIFY, PHONE), ANOTHER_PHONE);
            same(true, other instanceof Answer.OtherNumber number && number.accessToken().matches("[0-9a-f]{32}"));
        }),
        new Row("a carrier that is down twice is to be tried again later, and then answers", "{}", app -> {
            CmpassportClient client = clientOf(app);
            app.script(LOGIN, "103211*2, pass");
            Answer down = new Answer.Refused("103211", Advice.TRY_AGAIN_LATER);
            same(down, client.phoneNumberOf(app.mint(LOGIN, PHONE)));
            same(down, client.phoneNumberOf(app.mint(LOGIN, PHONE)));
            same(new Answer.PhoneNumber(PHONE), client.phoneNumberOf(app.mint(LOGIN, PHONE)));
            same("", app.remaining(LOGIN));
        }),
        new Row("an answer that is lost after it was charged is not asked for again", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            app.script(LOGIN, "lose");
            breaks(() -> clientOf(app).phoneNumberOf(token));
            same(1, app.calls(",\"token\":\"" + token + "\""));
            same(1, app.charged());
        }),
        new Row("a slow carrier is given up on in good order, though it may have charged", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            app.script(LOGIN, "delay(3s) pass");
            CmpassportClient client = clientOf(app, app.appSecret, Duration.ofSeconds(1));
            breaks(() -> client.phoneNumberOf(token));
            same(1, app.calls(",\"token\":\"" + token + "\""));
            same(1, app.charged());
        }),
        new Row("a wrong secret is refused, and the mock says which one was used", "{}", app -> {
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

    /** Each test has an app, and so a world of its own: they run side by side. */
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

/** What the carrier said. */
sealed interface Answer {
    record PhoneNumber(String phoneNumber) implements Answer {}

    record OwnNumber() implements Answer {}

    /** The accessToken is null where the app does not have 短验辅助. */
    record OtherNumber(String accessToken) implements Answer {}

    record Refused(String resultCode, Advice advice) implements Answer {}
}

/** No answer that can be read. The carrier may have charged the call and used the token up: never send it again. */
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

    /** The base is https://www.cmpassport.com, or a mock. */
    CmpassportClient(String base, String appId, String appKey, String appSecret, Duration timeout) {
        this.base = base;
        this.appId = appId;
        this.appKey = appKey;
        this.appSecret = appSecret;
        this.timeout = timeout;
    }

    /** loginTokenValidate: PhoneNumber or Refused. */
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

    /** tokenValidate: OwnNumber, OtherNumber or Refused. */
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
     * Sends once. No retry here, and none around it: a token works once, and success is charged.
     * (HttpURLConnection by itself sends a POST again that got no answer, unless sun.net.http.retryPost is false.)
     */
    private String post(String path, String body) throws BrokenExchange, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
        var exchange = HTTP.sendAsync(request, BodyHandlers.ofString());
        try {
            // Not HttpRequest.timeout(), which ends with the header: a body may then take for ever.
            HttpResponse<String> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            // Half an answer may have its resultCode; a JSON library would find the end missing.
            boolean whole = response.body().endsWith("}") && Json.text(response.body(), "resultCode") != null;
            if (whole) return response.body();
            throw new BrokenExchange("HTTP " + response.statusCode() + " from " + path, null);
        } catch (ExecutionException | TimeoutException problem) {
            exchange.cancel(true);
            throw new BrokenExchange("no answer from " + path, problem);
        }
    }

    /** Any other code needs an engineer: the configuration, the contract, the program. */
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

/** One app at the mock: a world of its own, with tokens, clock, scripts, journal and ledger. */
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

    /** What the SDK in the phone would get. */
    String mint(String capability, String phoneNumber) throws Exception {
        String wanted = String.format("{\"capability\":\"%s\",\"phoneNumber\":\"%s\"}", capability, phoneNumber);
        return Json.text(call("POST", path + "/tokens", wanted), "token");
    }

    /** Moves this app's clock on; nobody sleeps. */
    void advanceClock(String by) throws Exception {
        call("POST", path + "/clock/advance", "{\"by\":\"" + by + "\"}");
    }

    /** What the next calls to an operation get. */
    void script(String operation, String script) throws Exception {
        call("PUT", path + "/outcomes/" + operation, "{\"script\":\"" + script + "\"}");
    }

    /** The steps that are not used yet; "" when there are none. */
    String remaining(String operation) throws Exception {
        return Json.text(call("GET", path + "/outcomes/" + operation, ""), "remaining");
    }

    /** How many requests the carrier got: all, or those of further fields, a token or a resultCode. */
    int calls(String fields) throws Exception {
        return Json.number(call("POST", "/requests/count", "{\"appId\":\"" + appId + "\"" + fields + "}"), "count");
    }

    /** How many calls stand on the bill. */
    int charged() throws Exception {
        return Json.number(call("GET", path + "/ledger", ""), "charged");
    }

    /** The id of what best explains why the latest request was answered as it was. */
    String firstFinding() throws Exception {
        String latest = Json.text(call("GET", "/requests?limit=1&appId=" + appId, ""), "id");
        String explanation = call("GET", "/requests/" + latest + "/explanation", "");
        return Json.text(explanation.substring(explanation.indexOf("\"findings\"")), "id");
    }

    void remove() throws Exception {
        call("DELETE", path, "");
    }

    private static String call(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(BASE + "/_mock" + path))
            .method(method, BodyPublishers.ofString(body))
            .build();
        HttpResponse<String> response;
        try {
            response = HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new IOException("no mock answers at " + BASE + " (CMPASSPORT_BASE)", problem);
        }
        if (response.statusCode() < 300) return response.body();
        throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
    }
}

/** Enough for these answers; use your JSON library in earnest. */
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
