package io.guildhall.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the service. */
@SpringBootApplication
public class Guildhall {

    public static void main(String[] args) {
        SpringApplication.run(Guildhall.class, args);
    }
}
