package com.example.signin;

import java.util.Map;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** Calls tokenValidate with OpenFeign. */
@FeignClient(name = "cmpassport-verify", url = "${cmpassport.base-url}")
public interface VerifyClient {
    @PostMapping(path = "/openapi/rs/tokenValidate", consumes = MediaType.APPLICATION_JSON_VALUE)
    Reply tokenValidate(@RequestBody Map<String, Map<String, String>> request);

    record Reply(Header header, Body body) {}

    record Header(String resultCode) {}

    record Body(String resultDesc) {}
}
