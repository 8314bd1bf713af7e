package io.guildhall.api.operator;

import io.guildhall.api.commandline.ServiceProperties;
import io.guildhall.infrastructure.axonserver.AxonServerEventArchive;
import io.guildhall.infrastructure.axonserver.AxonServerEventClient;
import io.guildhall.infrastructure.axonserver.EventCopyConfiguration;
import io.guildhall.infrastructure.axonserver.EventStoreMigration;
import io.guildhall.infrastructure.axonserver.PostgresEventArchive;
import io.guildhall.infrastructure.axonserver.SegmentTokenStore;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ./guildhall events …}: what can be done with all events while the service is stopped. */
@Command(
        name = "events",
        description = "Moves the events from one store to the other.",
        sortOptions = false,
        subcommands = EventsCommand.Copy.class)
public final class EventsCommand implements Runnable {

    private static final String NAME = "guildhall-events-copy";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Says this.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command: events copy?");
    }

    /** The two stores. */
    enum Store {
        POSTGRES,
        AXONSERVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Command(
            name = "copy",
            description = {
                "Copies all events in their order and verifies them; an interrupted copy goes on. The service must be stopped.",
                "Takes the properties of the service too: --guildhall.home, --spring.datasource.url, --axon.axonserver.servers."
            })
    static final class Copy implements Runnable {

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Option(names = "--from", required = true, paramLabel = "STORE", description = "${COMPLETION-CANDIDATES}")
        @SuppressWarnings("NullAway.Init")
        private Store from;

        @Option(names = "--to", required = true, paramLabel = "STORE", description = "The other one.")
        @SuppressWarnings("NullAway.Init")
        private Store to;

        @Option(names = "--help", usageHelp = true, description = "Says this.")
        private boolean help;

        @Unmatched
        private List<String> properties = new ArrayList<>();

        @Override
        public void run() {
            if (from == to) {
                throw new ParameterException(spec.commandLine(), "--from and --to are the same.");
            }
            List<String> arguments = new ArrayList<>(ServiceProperties.require(spec.commandLine(), properties));
            arguments.add("--spring.datasource.hikari.data-source-properties.ApplicationName=" + NAME);
            arguments.add("--spring.main.allow-bean-definition-overriding=false");
            PrintWriter out = spec.commandLine().getOut();
            try (ConfigurableApplicationContext context = new SpringApplicationBuilder(EventCopyConfiguration.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .run(arguments.toArray(String[]::new))) {
                JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
                var migration = new EventStoreMigration(
                        new PostgresEventArchive(jdbc, context.getBean(TransactionTemplate.class)),
                        new AxonServerEventArchive(context.getBean(AxonServerEventClient.class)),
                        jdbc,
                        context.getBean(TransactionTemplate.class),
                        context.getBean(SegmentTokenStore.class),
                        line -> {
                            out.println(line);
                            out.flush();
                        });
                long moved = from == Store.POSTGRES ? migration.toServer(NAME) : migration.toPostgres(NAME);
                out.printf("All %d events are in both stores, the same in the same order.%n", moved);
                out.println(
                        from == Store.POSTGRES
                                ? "Start the service with --axon.axonserver.enabled=true and this server from now on."
                                : "Start the service without an Axon Server from now on.");
            }
        }
    }
}
