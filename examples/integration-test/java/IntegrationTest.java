/*
 * A client of the carrier's two operations, and its tests against a mock: Java 8 or newer,
 * standard library only. Run: javac -encoding UTF-8 IntegrationTest.java
 * and: node ../../../dist/main.js exec -- java IntegrationTest
 *
 * The tests come first, then CmpassportClient, the code under test, then MockApp, which calls the mock's control API.
 * For JUnit 5, `cmpassport-mock init java` writes another helper, with an extension, into your project.
 */
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    static final class Row {
        final String name, settings;
        final Test test;

        /** The settings of the test's app are JSON: see docs/reference/control-api.md. */
        Row(String name, String settings, Test test) {
            this.name = name;
            this.settings = settings;
            this.test = test;
        }
    }

    static final List<Row> TESTS = Arrays.asList(
        new Row("a fresh token returns the phone number and is charged once", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            same(Answer.phoneNumber(PHONE), clientOf(app).phoneNumberOf(token));
            same(1, app.calls(""));
            same(1, app.charged());
        }),
        new Row("a token works once, and a refused token is not sent again", "{}", app -> {
            CmpassportClient client = clientOf(app);
            String token = app.mint(LOGIN, PHONE);
            client.phoneNumberOf(token);
            same(Answer.refused("104201", Advice.GET_A_NEW_TOKEN), client.phoneNumberOf(token));
            app.assertAnswered("104201");
            same(1, app.calls(",\"resultCode\":\"104201\",\"token\":\"" + token + "\""));
            same(1, app.charged());
        }),
        new Row("a token expires after two minutes", "{}", app -> {
            String token = app.mint(LOGIN, PHONE);
            app.advanceClock("2m");
            same(Answer.refused("104201", Advice.GET_A_NEW_TOKEN), clientOf(app).phoneNumberOf(token));
            app.assertAnswered("104201");
            same(0, app.charged());
        }),
        new Row("the token's number is confirmed, and another number gets an accessToken for an SMS",
            "{\"capabilities\":[\"tokenValidate\",\"smsFallback\"]}", app -> {
            CmpassportClient client = clientOf(app);
            same(Answer.ownNumber(), client.isNumberOf(app.mint(VERIFY, PHONE), PHONE));
            Answer other = client.isNumberOf(app.mint(VERIFY, PHONE), ANOTHER_PHONE);
            app.assertAnswered("001");
            same(Answer.Kind.OTHER_NUMBER, other.kind);
            same(true, other.value.matches("[0-9a-f]{32}"));
        }),
        new Row("two carrier failures advise a later retry, and the third call succeeds", "{}", app -> {
            CmpassportClient client = clientOf(app);
            app.script(LOGIN, "103211*2, pass");
            Answer down = Answer.refused("103211", Advice.TRY_AGAIN_LATER);
            same(down, client.phoneNumberOf(app.mint(LOGIN, PHONE)));
            same(down, client.phoneNumberOf(app.mint(LOGIN, PHONE)));
            same(Answer.phoneNumber(PHONE), client.phoneNumberOf(app.mint(LOGIN, PHONE)));
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
            same(Answer.refused("103101", Advice.CALL_AN_ENGINEER), answer);
            app.assertAnswered("103101");
            same("sign.secret-swapped", app.firstFinding());
        }),
        new Row("an address that is not on the whitelist is refused",
            "{\"ipWhitelist\":{\"tokenValidate\":\"192.0.2.1\"}}", app -> {
            Answer answer = clientOf(app).isNumberOf(app.mint(VERIFY, PHONE), PHONE);
            same(Answer.refused("124", Advice.CALL_AN_ENGINEER), answer);
            app.assertAnswered("124");
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
            MockApp app = new MockApp(row.name, row.settings);
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

/** The carrier's result: one of four kinds. */
final class Answer {
    enum Kind {
        PHONE_NUMBER, OWN_NUMBER, OTHER_NUMBER, REFUSED
    }

    final Kind kind;
    /** The phone number, the accessToken for an SMS (null if the app does not have 短验辅助), or the result code. */
    final String value;
    /** Null if the request was not refused. */
    final Advice advice;

    private Answer(Kind kind, String value, Advice advice) {
        this.kind = kind;
        this.value = value;
        this.advice = advice;
    }

    static Answer phoneNumber(String phoneNumber) {
        return new Answer(Kind.PHONE_NUMBER, phoneNumber, null);
    }

    static Answer ownNumber() {
        return new Answer(Kind.OWN_NUMBER, null, null);
    }

    static Answer otherNumber(String accessToken) {
        return new Answer(Kind.OTHER_NUMBER, accessToken, null);
    }

    static Answer refused(String resultCode, Advice advice) {
        return new Answer(Kind.REFUSED, resultCode, advice);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answer && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return kind + " " + value + " " + advice;
    }
}

/** No usable response arrived. The carrier may have charged the call and consumed the token: never send it again. */
final class BrokenExchange extends IOException {
    BrokenExchange(String message, Throwable cause) {
        super(message, cause);
    }
}

/** The code under test. */
final class CmpassportClient {
    private static final Set<String> LATER = setOf("103211", "002", "003", "999");
    private static final Set<String> NEW_TOKEN = setOf("103113", "103811", "104201", "606");
    private static final DateTimeFormatter SEVENTEEN_DIGITS = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");
    private static final ExecutorService EXCHANGES = Executors.newCachedThreadPool(exchange -> {
        Thread thread = new Thread(exchange, "cmpassport");
        thread.setDaemon(true);
        return thread;
    });

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

    /** Calls loginTokenValidate. Returns PHONE_NUMBER or REFUSED. */
    Answer phoneNumberOf(String token) throws IOException, InterruptedException {
        String msgid = newMsgId(), systemtime = beijingTime();
        String sign = hex(digest("MD5", appId + "2.0" + msgid + systemtime + "0" + token + appSecret));
        String answer = post("/unisdk/rsapi/loginTokenValidate", String.format(
            "{\"version\":\"2.0\",\"msgid\":\"%s\",\"systemtime\":\"%s\",\"strictcheck\":\"0\","
                + "\"appid\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\"}",
            msgid, systemtime, appId, token, sign));
        String resultCode = Json.text(answer, "resultCode");
        return resultCode.equals("103000") ? Answer.phoneNumber(Json.text(answer, "msisdn")) : refused(resultCode);
    }

    /** Calls tokenValidate. Returns OWN_NUMBER, OTHER_NUMBER or REFUSED. */
    Answer isNumberOf(String token, String phoneNumber) throws IOException, InterruptedException {
        String msgId = newMsgId(), timestamp = beijingTime();
        String phoneNum = hex(digest("SHA-256", phoneNumber + appKey + timestamp));
        String sign = hex(hmacSha256(appKey, appId + msgId + phoneNum + timestamp + token + "1.0"));
        String answer = post("/openapi/rs/tokenValidate", String.format(
            "{\"header\":{\"version\":\"1.0\",\"msgId\":\"%s\",\"timestamp\":\"%s\",\"appId\":\"%s\"},"
                + "\"body\":{\"openType\":\"1\",\"requesterType\":\"0\",\"keyType\":\"0\","
                + "\"phoneNum\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\"}}",
            msgId, timestamp, appId, phoneNum, token, sign));
        String resultCode = Json.text(answer, "resultCode");
        switch (resultCode) {
            case "000":
                return Answer.ownNumber();
            case "001":
                return Answer.otherNumber(Json.text(answer, "accessToken"));
            default:
                return refused(resultCode);
        }
    }

    /**
     * Sends once. Do not add a retry: a token works once, and success is charged.
     * Without setFixedLengthStreamingMode(), HttpURLConnection sends a POST without a response again.
     */
    private String post(String path, String body) throws IOException, InterruptedException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setRequestMethod("POST");
        Future<String> exchange = EXCHANGES.submit(() -> {
            connection.setDoOutput(true);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            connection.setFixedLengthStreamingMode(bytes.length);
            connection.getOutputStream().write(bytes);
            return Http.textOf(connection);
        });
        try {
            // setReadTimeout() covers each part of a response alone, so the whole could take any time.
            String response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            // A truncated response can contain a resultCode. A JSON library would report the missing end.
            boolean complete = response.endsWith("}") && Json.text(response, "resultCode") != null;
            if (complete) return response;
            throw new BrokenExchange("HTTP " + connection.getResponseCode() + " from " + path, null);
        } catch (ExecutionException | TimeoutException problem) {
            connection.disconnect();
            throw new BrokenExchange("no response from " + path, problem);
        }
    }

    /** All other codes need an engineer: configuration, contract or code. */
    private static Answer refused(String resultCode) {
        Advice advice = LATER.contains(resultCode) ? Advice.TRY_AGAIN_LATER
            : NEW_TOKEN.contains(resultCode) ? Advice.GET_A_NEW_TOKEN : Advice.CALL_AN_ENGINEER;
        return Answer.refused(resultCode, advice);
    }

    private static Set<String> setOf(String... codes) {
        return new HashSet<>(Arrays.asList(codes));
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
        StringBuilder text = new StringBuilder();
        for (byte value : bytes) text.append(String.format("%02X", value));
        return text.toString();
    }
}

/** One app of the mock, with its own tokens, clock, scripts, journal and ledger. */
final class MockApp {
    static final String BASE = System.getenv().getOrDefault("CMPASSPORT_BASE", "http://127.0.0.1:10086");

    final String appId, appKey, appSecret;
    private final String path;

    /** The name is the title of the test. */
    MockApp(String name, String settings) throws Exception {
        String others = settings.equals("{}") ? "}" : "," + settings.substring(1);
        String app = call("POST", "/apps", "{\"name\":\"" + name + "\"" + others);
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

    /** Fails unless the newest request got this result code. The summary of exec omits a refusal that is asserted. */
    void assertAnswered(String resultCode) throws Exception {
        String newest = call("GET", "/requests?limit=1&appId=" + appId, "");
        IntegrationTest.same(resultCode, Json.text(newest, "resultCode"));
        call("POST", "/requests/" + Json.text(newest, "id") + "/expected", "{}");
    }

    /** Returns the id of the first finding, which explains the result of the newest request best. */
    String firstFinding() throws Exception {
        String newest = Json.text(call("GET", "/requests?limit=1&appId=" + appId, ""), "id");
        String explanation = call("GET", "/requests/" + newest + "/explanation", "");
        return Json.text(explanation.substring(explanation.indexOf("\"findings\"")), "id");
    }

    void remove() throws Exception {
        call("DELETE", path, "");
    }

    private static String call(String method, String path, String body) throws Exception {
        URI uri = URI.create(BASE + "/_mock" + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("Accept", "application/json");
        String controlToken = System.getenv("CMPASSPORT_CONTROL_TOKEN");
        if (controlToken != null) connection.setRequestProperty("Authorization", "Bearer " + controlToken);
        String response;
        try {
            if (!body.isEmpty()) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            response = Http.textOf(connection);
        } catch (IOException problem) {
            throw new IOException("no mock responds at " + BASE + ". Start one, or set CMPASSPORT_BASE.", problem);
        }
        if (connection.getResponseCode() < 300) return response;
        throw new IOException(method + " " + path + ": " + connection.getResponseCode() + " " + response);
    }
}

final class Http {
    /** Returns the body of the response, whatever its status. */
    static String textOf(HttpURLConnection connection) throws IOException {
        boolean failed = connection.getResponseCode() >= 400;
        try (InputStream response = failed ? connection.getErrorStream() : connection.getInputStream()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            // A failed response without a body has no stream.
            if (response == null) return "";
            for (int count; (count = response.read(buffer)) != -1; ) bytes.write(buffer, 0, count);
            return bytes.toString("UTF-8");
        }
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
