package com.example.signin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Tests the application's beans against the mock. The credentials are properties of the application context, so the
 * class has one app, which is reset before each test.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class SignInTest {
    static final String PHONE = "13800138000";
    static final CarrierMock MOCK = CarrierMock.start();
    static final CarrierMock.App APP = MOCK.createApp("SignInTest", "{}");

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("cmpassport.base-url", () -> MOCK.baseUrl);
        registry.add("cmpassport.app-id", () -> APP.appId);
        registry.add("cmpassport.app-key", () -> APP.appKey);
        registry.add("cmpassport.app-secret", () -> APP.appSecret);
    }

    @AfterAll
    static void stop() {
        APP.close();
        MOCK.close();
    }

    @Autowired
    SignIn signIn;

    @BeforeEach
    void reset() {
        APP.reset();
    }

    @Test
    void restClientGetsThePhoneNumber() {
        assertEquals(PHONE, signIn.phoneNumberOf(APP.mint("loginTokenValidate", PHONE)));
        APP.assertAnswered("103000");
        APP.assertCharged(1);
    }

    @Test
    void feignChecksThePhoneNumber() {
        assertTrue(signIn.isNumberOf(APP.mint("tokenValidate", PHONE), PHONE));
        APP.assertAnswered("000");
        assertFalse(signIn.isNumberOf(APP.mint("tokenValidate", PHONE), "13900139000"));
        APP.assertAnswered("001");
    }

    @Test
    void aFailureOfTheCarrierIsARefusal() {
        APP.script("loginTokenValidate", "103211");
        String token = APP.mint("loginTokenValidate", PHONE);
        assertThrows(SignIn.RefusedException.class, () -> signIn.phoneNumberOf(token));
        APP.assertAnswered("103211");
        APP.assertCharged(0);
    }
}
