/*
 * Runs the mock in a container during the tests: Java 8 or newer, JUnit 5, and org.testcontainers:testcontainers.
 * Build the image first: docker build -t cmpassport-mock .
 */
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Scanner;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

class CarrierContainerTest {
    static final int PORT = 10086;
    static final String PHONE = "13800138000";
    static final DateTimeFormatter SEVENTEEN_DIGITS = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");

    static final GenericContainer<?> CARRIER = new GenericContainer<>(DockerImageName.parse("cmpassport-mock"))
        .withExposedPorts(PORT)
        .waitingFor(Wait.forHttp("/_mock/health").forPort(PORT));

    @BeforeAll
    static void start() {
        CARRIER.start();
    }

    @AfterAll
    static void stop() {
        CARRIER.stop();
    }

    @Test
    void aTokenIsExchangedForItsPhoneNumberOnce() throws Exception {
        String app = post("/_mock/apps", "{}");
        String token = mint(app, PHONE);
        assertEquals(PHONE, field(login(app, token), "msisdn"));
        assertEquals("104201", field(login(app, token), "resultCode"));
    }

    @Test
    void anOutageIsAResultCode() throws Exception {
        String app = post("/_mock/apps", "{}");
        assertEquals("103211", field(login(app, mint(app, "13800138999")), "resultCode"));
    }

    static String mint(String app, String phone) throws Exception {
        String path = "/_mock/apps/" + field(app, "appId") + "/tokens";
        return field(post(path, "{\"phoneNumber\":\"" + phone + "\"}"), "token");
    }

    /** Replace this with your client. Set its base URL to the container's address. */
    static String login(String app, String token) throws Exception {
        String appId = field(app, "appId"), msgid = UUID.randomUUID().toString();
        String systemtime = ZonedDateTime.now(ZoneId.of("Asia/Shanghai")).format(SEVENTEEN_DIGITS);
        String text = appId + "2.0" + msgid + systemtime + "0" + token + field(app, "appSecret");
        byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
        StringBuilder sign = new StringBuilder();
        for (byte value : digest) sign.append(String.format("%02X", value));
        return post("/unisdk/rsapi/loginTokenValidate", String.format(
            "{\"version\":\"2.0\",\"msgid\":\"%s\",\"systemtime\":\"%s\",\"strictcheck\":\"0\","
                + "\"appid\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\"}",
            msgid, systemtime, appId, token, sign));
    }

    static String post(String path, String body) throws Exception {
        URI uri = URI.create("http://" + CARRIER.getHost() + ":" + CARRIER.getMappedPort(PORT) + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        try (InputStream response = connection.getInputStream()) {
            return new Scanner(response, "UTF-8").useDelimiter("\\A").next();
        }
    }

    /** Works for these responses only. In your code, use a JSON library. */
    static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) throw new IllegalStateException("no " + name + " in " + json);
        return found.group(1);
    }
}
