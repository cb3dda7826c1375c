package com.example.signin;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** The carrier's address and the credentials are properties, so that a test can replace them. */
@Configuration
@EnableFeignClients(clients = VerifyClient.class)
public class CmpassportConfiguration {
    @Bean
    RestClient cmpassport(RestClient.Builder builder, @Value("${cmpassport.base-url}") String baseUrl) {
        return builder.baseUrl(baseUrl).build();
    }

    @Bean
    SignedRequests signedRequests(
        @Value("${cmpassport.app-id}") String appId,
        @Value("${cmpassport.app-key}") String appKey,
        @Value("${cmpassport.app-secret}") String appSecret
    ) {
        return new SignedRequests(appId, appKey, appSecret);
    }
}
