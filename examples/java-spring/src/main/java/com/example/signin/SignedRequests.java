package com.example.signin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Creates signed bodies of the carrier's two operations, with MD5 and HMACSHA256. */
final class SignedRequests {
    private static final DateTimeFormatter SEVENTEEN_DIGITS = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS");

    private final String appId, appKey, appSecret;

    SignedRequests(String appId, String appKey, String appSecret) {
        this.appId = appId;
        this.appKey = appKey;
        this.appSecret = appSecret;
    }

    /** loginTokenValidate (获取手机号码). */
    Map<String, String> login(String token) {
        String msgid = newMsgId(), systemtime = beijingTime();
        String sign = hex(digest("MD5", appId + "2.0" + msgid + systemtime + "0" + token + appSecret));
        return members("version", "2.0", "msgid", msgid, "systemtime", systemtime, "strictcheck", "0",
            "appid", appId, "token", token, "sign", sign);
    }

    /** tokenValidate (本机号码校验). */
    Map<String, Map<String, String>> verify(String token, String phoneNumber) {
        String msgId = newMsgId(), timestamp = beijingTime();
        String phoneNum = hex(digest("SHA-256", phoneNumber + appKey + timestamp));
        String sign = hex(hmacSha256(appKey, appId + msgId + phoneNum + timestamp + token + "1.0"));
        Map<String, Map<String, String>> request = new LinkedHashMap<>();
        request.put("header", members("version", "1.0", "msgId", msgId, "timestamp", timestamp, "appId", appId));
        request.put("body", members("openType", "1", "requesterType", "0", "keyType", "0",
            "phoneNum", phoneNum, "token", token, "sign", sign));
        return request;
    }

    private static Map<String, String> members(String... namesAndValues) {
        Map<String, String> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) members.put(namesAndValues[i], namesAndValues[i + 1]);
        return members;
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
