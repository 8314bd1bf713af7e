package io.guildhall.query.token;

import io.guildhall.infrastructure.projection.LastUseTable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** When each API token was last used (R18). Nothing depends on it. */
@Component
public class TokenUsageRecorder {

    private final LastUseTable table;

    TokenUsageRecorder(JdbcTemplate jdbc) {
        this.table = new LastUseTable(jdbc, "token_last_use", "token");
    }

    public void used(UUID token, Instant at) {
        table.used(token, at);
    }

    public void flush() {
        table.flush();
    }
}
