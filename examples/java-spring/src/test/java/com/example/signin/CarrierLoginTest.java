package com.example.signin;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A first test against the mock. Replace phoneNumberOf() with a call of your client. */
@ExtendWith(CarrierMockExtension.class)
class CarrierLoginTest {
    static final String PHONE = "13800138000";

    @Test
    void aFreshTokenReturnsThePhoneNumber(CarrierMock.App app) throws Exception {
        String phoneNumber = phoneNumberOf(app, app.mint("loginTokenValidate", PHONE));
        app.assertAnswered("103000");
        assertEquals(PHONE, phoneNumber);
    }

    /** Your client needs the base URL of the mock and the credentials of the app. Returns null for a refusal. */
    static String phoneNumberOf(CarrierMock.App app, String token) throws Exception {
        String msgid = UUID.randomUUID().toString().replace("-", "");
        String systemtime = ZonedDateTime.now(ZoneId.of("Asia/Shanghai"))
            .format(DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS"));
        String sign = md5(app.appId + "2.0" + msgid + systemtime + "0" + token + app.appSecret);
        String body = String.format("{\"version\":\"2.0\",\"msgid\":\"%s\",\"systemtime\":\"%s\",\"strictcheck\":\"0\","
            + "\"appid\":\"%s\",\"token\":\"%s\",\"sign\":\"%s\"}", msgid, systemtime, app.appId, token, sign);
        URI address = URI.create(app.baseUrl + "/unisdk/rsapi/loginTokenValidate");
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        try (InputStream stream = connection.getInputStream()) {
            String response = new Scanner(stream, "UTF-8").useDelimiter("\\A").next();
            Matcher msisdn = Pattern.compile("\"msisdn\":\"(\\d+)\"").matcher(response);
            return msisdn.find() ? msisdn.group(1) : null;
        }
    }

    static String md5(String text) throws Exception {
        StringBuilder hex = new StringBuilder();
        for (byte value : MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8))) {
            hex.append(String.format("%02X", value));
        }
        return hex.toString();
    }
}
