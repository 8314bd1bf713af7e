package io.guildhall.query.token;

import io.guildhall.query.store.LastUseTable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** When each API token was last used (R18). Nothing depends on it. */
@Component
public class LastUse {

    private final LastUseTable table;

    LastUse(JdbcTemplate jdbc) {
        this.table = new LastUseTable(jdbc, "token_last_use", "token");
    }

    public void used(UUID token, Instant at) {
        table.used(token, at);
    }

    public void flush() {
        table.flush();
    }
}
