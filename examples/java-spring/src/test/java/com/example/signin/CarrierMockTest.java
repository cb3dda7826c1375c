package com.example.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests with JUnit 5 and without Spring: one mock for the class, one app for each test. */
class CarrierMockTest {
    static final String LOGIN = "loginTokenValidate", VERIFY = "tokenValidate", PHONE = "13800138000";
    static CarrierMock mock;
    CarrierMock.App app;

    @BeforeAll
    static void start() {
        mock = CarrierMock.start();
    }

    @AfterAll
    static void stop() {
        mock.close();
    }

    @BeforeEach
    void createApp() {
        app = mock.createApp();
    }

    @AfterEach
    void removeApp() {
        app.close();
    }

    @Test
    void aTokenWorksOnce() throws Exception {
        String token = app.mint(LOGIN, PHONE);
        assertTrue(login(app.appSecret, token).contains("\"msisdn\":\"" + PHONE + "\""));
        app.assertAnswered("103000");
        login(app.appSecret, token);
        app.assertAnswered("104201");
        app.assertCharged(1);
        app.assertCalls(2);
    }

    @Test
    void aTokenExpiresAfterTwoMinutes() throws Exception {
        String token = app.mint(LOGIN, PHONE);
        app.advanceClock("2m");
        login(app.appSecret, token);
        app.assertAnswered("104201");
    }

    @Test
    void aPhoneNumberIsVerified() throws Exception {
        SignedRequests requests = new SignedRequests(app.appId, app.appKey, app.appSecret);
        post("/openapi/rs/tokenValidate", json(requests.verify(app.mint(VERIFY, PHONE), PHONE)));
        app.assertAnswered("000");
        app.assertNoRemarks();
    }

    @Test
    void aScriptSetsTheNextResult() throws Exception {
        app.script(LOGIN, "103211, pass");
        login(app.appSecret, app.mint(LOGIN, PHONE));
        app.assertAnswered("103211");
        login(app.appSecret, app.mint(LOGIN, PHONE));
        app.assertAnswered("103000");
    }

    @Test
    void aFailedAssertionExplainsTheRefusal() throws Exception {
        login(app.appKey, app.mint(LOGIN, PHONE));
        AssertionError failure = assertThrows(AssertionError.class, () -> app.assertAnswered("103000"));
        assertTrue(failure.getMessage().startsWith("expected 103000, found 103101\n- "), failure.getMessage());
        assertTrue(failure.getMessage().contains("\nstring to sign: " + app.appId), failure.getMessage());
    }

    @Test
    void resetKeepsTheCredentials() throws Exception {
        login(app.appSecret, app.mint(LOGIN, PHONE));
        app.reset();
        app.assertCharged(0);
        assertThrows(AssertionError.class, () -> app.assertAnswered("103000"));
        login(app.appSecret, app.mint(LOGIN, PHONE));
        app.assertAnswered("103000");
    }

    @Test
    void anAppHasItsSettings() {
        try (CarrierMock.App other = mock.createApp("{\"appId\":\"settings-\\u0061\"}")) {
            assertEquals("settings-a", other.appId);
        }
    }

    String login(String appSecret, String token) throws Exception {
        SignedRequests requests = new SignedRequests(app.appId, app.appKey, appSecret);
        return post("/unisdk/rsapi/loginTokenValidate", json(requests.login(token)));
    }

    /** Replace this with your client. */
    static String post(String path, String body) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) URI.create(mock.baseUrl + path).toURL().openConnection();
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        try (InputStream response = connection.getInputStream()) {
            return new Scanner(response, "UTF-8").useDelimiter("\\A").next();
        }
    }

    /** Works for these requests only, because their strings need no escapes. */
    static String json(Object value) {
        if (!(value instanceof Map)) return "\"" + value + "\"";
        return ((Map<?, ?>) value).entrySet().stream()
            .map(member -> "\"" + member.getKey() + "\":" + json(member.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    }
}
