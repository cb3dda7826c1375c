package com.example.signin;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

/** Calls both operations. Each request is sent once, because a token works once and success is charged. */
@Service
public class SignIn {
    private final RestClient cmpassport;
    private final VerifyClient verifyClient;
    private final SignedRequests requests;

    SignIn(RestClient cmpassport, VerifyClient verifyClient, SignedRequests requests) {
        this.cmpassport = cmpassport;
        this.verifyClient = verifyClient;
        this.requests = requests;
    }

    public String phoneNumberOf(String token) {
        LoginReply reply = cmpassport.post()
            .uri("/unisdk/rsapi/loginTokenValidate")
            .contentType(MediaType.APPLICATION_JSON)
            .body(requests.login(token))
            .retrieve()
            .body(LoginReply.class);
        if (reply == null || !"103000".equals(reply.resultCode())) throw new RefusedException(String.valueOf(reply));
        return reply.msisdn();
    }

    public boolean isNumberOf(String token, String phoneNumber) {
        VerifyClient.Reply reply = verifyClient.tokenValidate(requests.verify(token, phoneNumber));
        return switch (reply.header().resultCode()) {
            case "000" -> true;
            case "001" -> false;
            default -> throw new RefusedException(reply.toString());
        };
    }

    public record LoginReply(String resultCode, String desc, String msisdn) {}

    public static class RefusedException extends RuntimeException {
        RefusedException(String reply) {
            super(reply);
        }
    }
}
