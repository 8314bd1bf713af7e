package io.guildhall.query.token;

import io.guildhall.infrastructure.projection.LastUseTable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Records when each API token was last used, for display only (R18: last use is shown without a write per request). */
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
