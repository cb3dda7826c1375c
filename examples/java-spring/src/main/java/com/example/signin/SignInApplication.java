package com.example.signin;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class SignInApplication {
    public static void main(String[] args) {
        SpringApplication.run(SignInApplication.class, args);
    }
}
