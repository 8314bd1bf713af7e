package io.guildhall.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the service; or, when the first argument is a word and no option, runs that sub-command. */
@SpringBootApplication
public class Guildhall {

    public static void main(String[] args) {
        if (args.length > 0 && (!args[0].startsWith("-") || args[0].equals("--help"))) {
            System.exit(Subcommands.execute(args));
        }
        try {
            SpringApplication.run(Guildhall.class, args);
        } catch (Throwable e) {
            // Spring Boot has said why; threads that something left behind must not keep the process alive.
            System.exit(1);
        }
    }
}
