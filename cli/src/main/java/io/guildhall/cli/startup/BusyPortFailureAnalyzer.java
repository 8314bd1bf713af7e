package io.guildhall.cli.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;

/** Names the option that chooses another port, when the port is in use. */
final class BusyPortFailureAnalyzer extends AbstractFailureAnalyzer<PortInUseException> implements Ordered {

    /** Runs before Spring Boot's own analyzer, which names no option. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, PortInUseException cause) {
        return new FailureAnalysis(
                "Port %d is in use by another program.".formatted(cause.getPort()),
                "Stop that program, or choose another port: --server.port=%d".formatted(another(cause.getPort())),
                cause);
    }

    private static int another(int port) {
        return port == 9000 ? 9001 : 9000;
    }
}
