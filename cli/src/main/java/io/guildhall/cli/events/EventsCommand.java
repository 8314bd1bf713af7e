package io.guildhall.cli.events;

import io.guildhall.cli.options.ServiceCommand;
import io.guildhall.infrastructure.axonserver.AxonServerEventClient;
import io.guildhall.infrastructure.axonserver.SegmentTokenStore;
import java.io.PrintWriter;
import java.util.Locale;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code guildhall events copy}: moves the events to the other store while the service is stopped. */
@Command(
        name = "events",
        description = "Moves the events from one store to the other.",
        subcommands = EventsCommand.Copy.class)
public final class EventsCommand {

    private static final String NAME = "guildhall-events-copy";

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
                "Copies all events in order and verifies them. Continues a copy that was interrupted. The service must be stopped.",
                "Takes the properties of the service as well: --guildhall.home, --spring.datasource.url, --axon.axonserver.servers."
            })
    static final class Copy extends ServiceCommand implements Runnable {

        @Option(
                names = "--from",
                required = true,
                paramLabel = "STORE",
                description = "The store that has the events: ${COMPLETION-CANDIDATES}.")
        @SuppressWarnings("NullAway.Init")
        private Store from;

        @Option(names = "--to", required = true, paramLabel = "STORE", description = "The other store.")
        @SuppressWarnings("NullAway.Init")
        private Store to;

        @Override
        public void run() {
            if (from == to) {
                throw new ParameterException(spec.commandLine(), "--from and --to name the same store.");
            }
            PrintWriter out = spec.commandLine().getOut();
            try (ConfigurableApplicationContext context = new SpringApplicationBuilder(EventCopyConfiguration.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .run(properties("--spring.datasource.hikari.data-source-properties.ApplicationName=" + NAME))) {
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
