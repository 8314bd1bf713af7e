package io.guildhall.query.session;

import io.guildhall.infrastructure.projection.LastUseTable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Records when each sign-in was last used. A sign-in that is idle too long becomes invalid. */
@Component
public class SignInLastUse {

    private final LastUseTable table;

    SignInLastUse(JdbcTemplate jdbc) {
        this.table = new LastUseTable(jdbc, "sign_in_last_use", "sign_in");
    }

    public void used(UUID signIn, Instant at) {
        table.used(signIn, at);
    }

    public void flush() {
        table.flush();
    }

    /** Deletes rows whose last use is older; their sign-ins must have ended by then. */
    public void deleteOlderThan(Duration age) {
        table.deleteOlderThan(age);
    }
}
