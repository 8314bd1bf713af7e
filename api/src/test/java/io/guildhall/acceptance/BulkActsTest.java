package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.domain.session.SessionEvent.SessionStarted;
import io.guildhall.domain.token.TokenEvent.TokenIssued;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Acts that concern thousands of tokens or sessions at once: each is one transaction with a fixed number of statements. */
@Tag("e2e")
class BulkActsTest extends AcceptanceTestBase {

    private static final int MANY = 20_000;

    /** Of one act: one statement for each table that it changes, and a few for what else belongs to it. */
    private static final int MOST_STATEMENTS = 16;

    private static final List<String> TABLES =
            List.of("events", "activities", "tokens", "token_states", "sessions", "members", "organizations");

    private final JdbcTemplate sql = new JdbcTemplate(DATABASE.dataSource());
    private final GeneratedHistory history;

    BulkActsTest(@Autowired EventStore events, @Autowired TransactionManager transactions) {
        history = new GeneratedHistory(events, transactions);
    }

    @Test
    void tokensOfOnePersonAreDeactivatedReactivatedAndRevokedTogether() {
        TestUser owner = client.newcomer().creator("starter");
        TestUser guest = owner.welcome(client.newcomer());
        String organization = owner.organization();
        history.append("Organization", organization, issued(organization, guest.id()));
        assertThat(tokens(organization, "active")).isEqualTo(MANY);

        String membership = guest.membership();
        assertThat(statementsOf(() -> owner.remove(membership).ok())).isLessThanOrEqualTo(MOST_STATEMENTS);
        assertThat(tokens(organization, "active")).isZero();

        String invitation = owner.invite(guest.email());
        assertThat(statementsOf(() -> guest.accept(invitation).ok())).isLessThanOrEqualTo(MOST_STATEMENTS);
        assertThat(tokens(organization, "active")).isEqualTo(MANY);

        assertThat(statementsOf(() -> {
                    owner.client()
                            .post(
                                    "/v1/organizations/" + organization + "/deactivate",
                                    Map.of("skip_confirmation", true))
                            .ok();
                    await().atMost(Duration.ofSeconds(60)).until(() -> tokens(organization, "revoked") == MANY);
                    return MANY;
                }))
                .isLessThanOrEqualTo(2 * MOST_STATEMENTS);
    }

    @Test
    void sessionsOfOnePersonEndTogether() {
        TestUser ada = client.newcomer();
        history.append("User", ada.id(), started(ada.id()));
        assertThat(sessions(ada.id())).isGreaterThan(MANY);

        assertThat(statementsOf(() -> ada.client()
                        .patch(
                                "/v1/account/profile",
                                Map.of("password", "another password", "current_password", ada.password()))
                        .ok()))
                .isLessThanOrEqualTo(MOST_STATEMENTS);
        assertThat(sessions(ada.id())).isEqualTo(1);

        history.append("User", ada.id(), started(ada.id()));
        assertThat(statementsOf(() -> operator.post("/operator/v1/users/" + ada.id() + "/erase")
                        .ok()))
                .isLessThanOrEqualTo(MOST_STATEMENTS);
        assertThat(sessions(ada.id())).isZero();
    }

    private static List<Object> issued(String organization, String user) {
        return Stream.<Object>generate(() -> new TokenIssued(
                        UUID.fromString(organization),
                        UUID.randomUUID(),
                        UUID.fromString(user),
                        "USER",
                        null,
                        null,
                        UUID.randomUUID().toString(),
                        null,
                        null,
                        null,
                        null))
                .limit(MANY)
                .toList();
    }

    private static List<Object> started(String user) {
        Instant now = Instant.now();
        return Stream.<Object>generate(() -> new SessionStarted(
                        UUID.fromString(user),
                        UUID.randomUUID(),
                        UUID.randomUUID().toString(),
                        null,
                        null,
                        "LOGIN",
                        null,
                        now,
                        now.plus(Duration.ofDays(1)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .limit(MANY)
                .toList();
    }

    private int tokens(String organization, String state) {
        return count("select count(*) from tokens where organization = ?::uuid and " + state, organization);
    }

    private int sessions(String user) {
        return count("select count(*) from sessions where user_id = ?::uuid", user);
    }

    private int count(String query, String argument) {
        return sql.queryForObject(query, Integer.class, argument);
    }

    /** Counted by triggers, so that each statement of a batch counts. */
    private int statementsOf(Callable<?> act) {
        sql.execute("create table counted_statements (table_name text)");
        sql.execute("""
                create function count_statement() returns trigger language plpgsql as
                $$begin insert into counted_statements values (tg_table_name); return null; end$$
                """);
        TABLES.forEach(table -> sql.execute("""
                create trigger count_statements after insert or update or delete on %s
                for each statement execute function count_statement()
                """.formatted(table)));
        try {
            act.call();
            return sql.queryForObject("select count(*) from counted_statements", Integer.class);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            TABLES.forEach(table -> sql.execute("drop trigger count_statements on " + table));
            sql.execute("drop function count_statement()");
            sql.execute("drop table counted_statements");
        }
    }
}
