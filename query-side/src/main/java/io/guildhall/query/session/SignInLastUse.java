package io.guildhall.query.session;

import io.guildhall.infrastructure.projection.LastUseTable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** When anything that came out of each sign-in was last used: a sign-in that is idle too long has no callers. */
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

    /** Deletes the sign-ins that were last used longer ago; they must have ended by then. */
    public void deleteOlderThan(Duration age) {
        table.deleteOlderThan(age);
    }
}
