package io.guildhall.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service. */
@SpringBootApplication(scanBasePackages = {"io.guildhall.api", "io.guildhall.infrastructure"})
public class GuildhallApplication {

    /** @param properties each as {@code --name=value} */
    public static void main(String[] properties) {
        start(properties);
    }

    /**
     * Starts the service and returns when it accepts requests. Ends the process with exit code 1 when the start fails: Spring Boot has
     * reported why, and threads that the start has left behind must not keep the process alive.
     *
     * @param properties each as {@code --name=value}
     */
    public static ConfigurableApplicationContext start(String... properties) {
        try {
            return SpringApplication.run(GuildhallApplication.class, properties);
        } catch (Throwable e) {
            System.exit(1);
            throw e;
        }
    }
}
