package io.guildhall.acceptance;

/** The Axon Server that {@code -Daxonserver=HOST:PORT} names, for tests with the events there. */
final class AxonServer {

    static final String PROPERTY = "axonserver";

    /** Why a test that needs it is skipped. */
    static final String ABSENT = "Needs an empty Axon Server: -Daxonserver=HOST:PORT";

    private AxonServer() {}

    /** What a process is started with so that its events are there; nothing where none is named. */
    static String[] options() {
        String server = System.getProperty(PROPERTY);
        return server == null
                ? new String[0]
                : new String[] {"--axon.axonserver.enabled=true", "--axon.axonserver.servers=" + server};
    }
}
