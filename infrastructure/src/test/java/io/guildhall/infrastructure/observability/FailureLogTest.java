package io.guildhall.infrastructure.observability;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {

    private final Logger log = (Logger) LoggerFactory.getLogger("failures of " + System.nanoTime());
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void end() {
        log.detachAppender(lines);
    }

    @Test
    void logsACauseOnce() {
        for (int i = 0; i < 10; i++) {
            FailureLog.error(log, "Request " + i + " failed", failure("message " + i));
        }
        FailureLog.error(log, "Another failed", new IllegalArgumentException("x"));

        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.getFirst().getThrowableProxy().getStackTraceElementProxyArray())
                .isNotEmpty();
    }

    @Test
    void escapesAndCutsWhatAClientMayHaveSent() {
        FailureLog.error(log, "Request failed", failure("a\r\nINFO forged\u001b[31m" + "x".repeat(10_000)));

        String message = lines.list.getFirst().getThrowableProxy().getMessage();
        assertThat(message).hasSizeLessThan(400).contains("a\\u{d}\\u{a}INFO forged\\u{1b}[31m");
    }

    private static Exception failure(String message) {
        return new IllegalStateException(message);
    }
}
