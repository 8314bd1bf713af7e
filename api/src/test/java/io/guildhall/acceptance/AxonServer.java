package io.guildhall.acceptance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The Axon Servers for tests with the events there; each must be empty. {@code -Daxonserver=HOST:PORT} is for those who start
 * processes, {@code -Daxonserver.served=HOST:PORT} another one for the service that runs within the tests, and {@code
 * -Daxonserver.moved=HOST:PORT} a third one to which events are moved.
 */
final class AxonServer {

    private static final String PROPERTY = "axonserver";
    private static final String SERVED = "axonserver.served";
    private static final String MOVED = "axonserver.moved";

    private AxonServer() {}

    private static final class Way {

        private static final InterruptibleProxy PROXY = new InterruptibleProxy(address(System.getProperty(PROPERTY)));

        private static InetSocketAddress address(String server) {
            int colon = server.lastIndexOf(':');
            return new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1)));
        }
    }

    /** Two processes on it, as {@link ServiceProcesses#pair}; where none is named, who asks is skipped, with the reason. */
    static ServiceProcesses pair() {
        assumeTrue(System.getProperty(PROPERTY) != null, "Needs an empty Axon Server: -Daxonserver=HOST:PORT");
        return ServiceProcesses.pair();
    }

    /** Between all processes and their server. */
    static InterruptibleProxy way() {
        return Way.PROXY;
    }

    /** For all processes it is, unless {@code -Daxonserver.stop=COMMAND} stops it indeed. Returns once it is away. */
    static void goAway() throws Exception {
        if (!run("axonserver.stop")) {
            way().cut();
        }
    }

    /** The same with {@code -Daxonserver.start=COMMAND}. Returns once it is there. */
    static void comeBack() throws Exception {
        if (!run("axonserver.start")) {
            way().mend();
        }
    }

    /** It takes connections, and does not answer: behind a proxy that passes nothing on, or with {@code -Daxonserver.freeze=COMMAND}. */
    static void fallSilent() throws Exception {
        if (!run("axonserver.freeze")) {
            assumeTrue(System.getProperty("axonserver.stop") == null, "Needs -Daxonserver.freeze=COMMAND");
            way().fallSilent();
        }
    }

    /** The same with {@code -Daxonserver.thaw=COMMAND}. */
    static void speak() throws Exception {
        if (!run("axonserver.thaw")) {
            way().speak();
        }
    }

    private static boolean run(String property) throws Exception {
        String command = System.getProperty(property);
        if (command == null) {
            return false;
        }
        int exit = new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new AssertionError(command + " ended with " + exit);
        }
        return true;
    }

    /** What a process is started with so that its events are there; nothing where none is named. */
    static String[] options() {
        String server = System.getProperty(PROPERTY);
        if (server == null) {
            return new String[0];
        }
        String address = System.getProperty("axonserver.stop") == null ? way().address() : server;
        return new String[] {"--axon.axonserver.enabled=true", "--axon.axonserver.servers=" + address};
    }

    /** Null where none is named. */
    static @Nullable String served() {
        return System.getProperty(SERVED);
    }

    /** Null where none is named. */
    static @Nullable String moved() {
        return System.getProperty(MOVED);
    }

    /** For tests of what there is in PostgreSQL only: backups, and what changes the table of events past the service. */
    static void assumeEventsInPostgres() {
        assumeTrue(served() == null, "The events are in an Axon Server");
    }
}
