package io.guildhall.query.user;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class UsersQueries {

    /** The limits for which the published contract has flags (R6: a limit of memberships that operators can raise). */
    private static final List<Integer> LIMIT_FLAGS = List.of(1_000_000, 100_000, 10_000, 1_000, 100, 25);

    private static final String SIGN_IN = "select user_id, password, encoded_password, email_validated from users"
            + " where not erased and encoded_password is not null and ";

    private final JdbcClient jdbc;
    private final Avatars avatars;

    UsersQueries(JdbcClient jdbc, Avatars avatars) {
        this.jdbc = jdbc;
        this.avatars = avatars;
    }

    @QueryHandler
    @Nullable EmailChangeView handle(FindEmailChange query) {
        return jdbc.sql("select next_email_link, next_email, old_email_confirms from users"
                        + " where user_id = ? and not erased and next_email_expires > now()")
                .param(query.user())
                .query((row, n) ->
                        new EmailChangeView(row.getObject(1, UUID.class), row.getString(2), row.getBoolean(3)))
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable UserView handle(FindUser query) {
        return jdbc.sql("select *, case when next_email_expires > now() then next_email end as pending_email"
                        + " from users where user_id = ? and not erased")
                .param(query.user())
                .query(this::user)
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable SignInView handle(FindSignIn query) {
        return jdbc.sql(SIGN_IN + "email_hash = ?")
                .param(query.emailHash())
                .query(UsersQueries::signIn)
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable SignInView handle(FindPassword query) {
        return jdbc.sql(SIGN_IN + "user_id = ?")
                .param(query.user())
                .query(UsersQueries::signIn)
                .optional()
                .orElse(null);
    }

    @QueryHandler
    @Nullable SettingsView handle(FindSettings query) {
        return jdbc.sql("select deployment_mails from users where user_id = ? and not erased")
                .param(query.user())
                .query((row, n) ->
                        new SettingsView(query.user().toString(), query.user().toString(), row.getBoolean(1)))
                .optional()
                .orElse(null);
    }

    private UserView user(ResultSet row, int n) throws SQLException {
        UUID user = row.getObject("user_id", UUID.class);
        String name = row.getString("name");
        return new UserView(
                user.toString(),
                row.getString("email"),
                name,
                avatars.of(user, name),
                false,
                instant(row, "last_login"),
                row.getString("last_login_address"),
                row.getObject("created", OffsetDateTime.class).toInstant(),
                row.getObject("updated", OffsetDateTime.class).toInstant(),
                row.getBoolean("newsletter"),
                "",
                "",
                flags(row.getInt("membership_limit")),
                row.getBoolean("email_validated"),
                false,
                row.getString("pending_email"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static List<String> flags(int membershipLimit) {
        return LIMIT_FLAGS.stream()
                .filter(limit -> limit <= membershipLimit)
                .limit(1)
                .map(limit -> "MAX_ORGANIZATIONS_" + limit)
                .toList();
    }

    private static SignInView signIn(ResultSet row, int n) throws SQLException {
        return new SignInView(
                row.getObject("user_id", UUID.class),
                row.getObject("password", UUID.class),
                row.getString("encoded_password"),
                row.getBoolean("email_validated"));
    }
}
