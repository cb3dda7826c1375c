package com.example.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.signin.CarrierMockExtension.Settings;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Collectors;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests with JUnit 5 and without Spring: each has an app of its own. */
@ExtendWith(CarrierMockExtension.class)
class CarrierMockTest {
    static final String LOGIN = "loginTokenValidate", VERIFY = "tokenValidate", PHONE = "13800138000";

    @Test
    void aTokenWorksOnce(CarrierMock.App app) throws Exception {
        String token = app.mint(LOGIN, PHONE);
        assertTrue(login(app, app.appSecret, token).contains("\"msisdn\":\"" + PHONE + "\""));
        app.assertAnswered("103000");
        login(app, app.appSecret, token);
        app.assertAnswered("104201");
        app.assertCharged(1);
        app.assertCalls(2);
    }

    @Test
    void aTokenExpiresAfterTwoMinutes(CarrierMock.App app) throws Exception {
        String token = app.mint(LOGIN, PHONE);
        app.advanceClock("2m");
        login(app, app.appSecret, token);
        app.assertAnswered("104201");
    }

    @Test
    void aPhoneNumberIsVerified(CarrierMock.App app) throws Exception {
        SignedRequests requests = new SignedRequests(app.appId, app.appKey, app.appSecret);
        post(app, "/openapi/rs/tokenValidate", json(requests.verify(app.mint(VERIFY, PHONE), PHONE)));
        app.assertAnswered("000");
        app.assertNoRemarks();
    }

    @Test
    void aScriptSetsTheNextResult(CarrierMock.App app) throws Exception {
        app.script(LOGIN, "103211, pass");
        login(app, app.appSecret, app.mint(LOGIN, PHONE));
        app.assertAnswered("103211");
        login(app, app.appSecret, app.mint(LOGIN, PHONE));
        app.assertAnswered("103000");
    }

    @Test
    void aFailedAssertionExplainsTheRefusal(CarrierMock.App app) throws Exception {
        login(app, app.appKey, app.mint(LOGIN, PHONE));
        AssertionError failure = assertThrows(AssertionError.class, () -> app.assertAnswered("103000"));
        assertTrue(failure.getMessage().startsWith("expected 103000, found 103101\n- "), failure.getMessage());
        assertTrue(failure.getMessage().contains("\nstring to sign: " + app.appId), failure.getMessage());
        assertEquals("refused with " + failure.getMessage().substring(23), app.unexpectedRefusal());
        app.assertAnswered("103101");
        assertEquals("", app.unexpectedRefusal());
    }

    @Test
    void resetKeepsTheCredentials(CarrierMock.App app) throws Exception {
        login(app, app.appSecret, app.mint(LOGIN, PHONE));
        app.reset();
        app.assertCharged(0);
        assertThrows(AssertionError.class, () -> app.assertAnswered("103000"));
        login(app, app.appSecret, app.mint(LOGIN, PHONE));
        app.assertAnswered("103000");
    }

    @Test
    void anAppHasItsSettings(@Settings("{\"appId\":\"settings-\\u0061\"}") CarrierMock.App app) {
        assertEquals("settings-a", app.appId);
    }

    @Test
    void aLoginIsSignedAndDecryptedWithRsa(@Settings("{\"generateKeys\":true}") CarrierMock.App app) throws Exception {
        Map<String, String> request = new SignedRequests(app.appId, app.appKey, "").login(app.mint(LOGIN, PHONE));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(privateKey(app.appSignPrivateKey));
        signature.update((app.appId + request.get("token")).getBytes(StandardCharsets.UTF_8));
        request.put("encryptionalgorithm", "RSA");
        request.put("sign", String.format("%0256X", new BigInteger(1, signature.sign())));
        String response = post(app, "/unisdk/rsapi/loginTokenValidate", json(request));
        app.assertAnswered("103000");
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
        cipher.init(Cipher.DECRYPT_MODE, privateKey(app.appDecryptPrivateKey));
        byte[] number = cipher.doFinal(bytesOf(response.replaceAll(".*\"msisdn\":\"(\\w+)\".*", "$1")));
        assertEquals(PHONE, new String(number, StandardCharsets.UTF_8));
    }

    static PrivateKey privateKey(String base64) throws Exception {
        byte[] bytes = Base64.getDecoder().decode(base64);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    static byte[] bytesOf(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        return bytes;
    }

    static String login(CarrierMock.App app, String appSecret, String token) throws Exception {
        SignedRequests requests = new SignedRequests(app.appId, app.appKey, appSecret);
        return post(app, "/unisdk/rsapi/loginTokenValidate", json(requests.login(token)));
    }

    /** Replace this with your client. */
    static String post(CarrierMock.App app, String path, String body) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) URI.create(app.baseUrl + path).toURL().openConnection();
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
