package io.guildhall.api;

import io.guildhall.api.commandline.Invocation;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import picocli.CommandLine.ExitCode;

/** Starts the service; or, when the arguments name a command, runs that. */
@SpringBootApplication(scanBasePackages = {"io.guildhall.api", "io.guildhall.infrastructure"})
public class Guildhall {

    public static void main(String[] args) {
        switch (Invocation.of(List.of(args), Subcommands.names())) {
            case Invocation.Service service -> serve(service.properties());
            case Invocation.Command command ->
                System.exit(Subcommands.execute(command.arguments().toArray(String[]::new)));
            case Invocation.Mistake mistake -> {
                System.err.println(mistake.reason());
                System.exit(ExitCode.USAGE);
            }
        }
    }

    private static void serve(List<String> properties) {
        try {
            SpringApplication.run(Guildhall.class, properties.toArray(String[]::new));
        } catch (Throwable e) {
            // Spring Boot has said why; threads that something left behind must not keep the process alive.
            System.exit(ExitCode.SOFTWARE);
        }
    }
}
