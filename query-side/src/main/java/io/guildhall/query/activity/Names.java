package io.guildhall.query.activity;

import io.guildhall.query.account.People;
import io.guildhall.query.activity.ExportQueries.Row;
import io.guildhall.query.activity.ExportedActivity.About;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is known now of everybody and everything in some rows of an organization's trail; the same as a search shows. */
final class Names {

    /** @param stands whether it is neither deleted nor ended */
    private record Known(
            String name, boolean stands, @Nullable About about) {}

    private static final Known UNKNOWN = new Known("", false, null);

    private final Map<UUID, Known> known = new HashMap<>();

    /** What is looked up goes by ids that are different ones for different kinds of things. */
    Names(JdbcClient jdbc, Collection<Row> rows) {
        Map<String, Set<UUID>> wanted = new HashMap<>();
        for (Row row : rows) {
            add(wanted, row.objectType(), row.object());
            add(wanted, row.actorType(), row.actor());
        }
        Map<UUID, UUID> accounts = new HashMap<>();
        Set<UUID> people = wanted.computeIfAbsent(Activity.USER, type -> new HashSet<>());
        look(
                        jdbc,
                        "select membership, account, ended is null from members where membership",
                        wanted.get(Activity.MEMBER))
                .forEach(row -> {
                    accounts.put(row.id(), UUID.fromString(row.text()));
                    people.add(UUID.fromString(row.text()));
                    known.put(row.id(), new Known("", row.stands(), new About("user_id", row.text())));
                });
        look(
                        jdbc,
                        "select account, %s, not erased from accounts where account"
                                .formatted(People.shownName("accounts")),
                        people)
                .forEach(row -> known.put(row.id(), new Known(row.text(), row.stands(), null)));
        accounts.forEach((membership, account) -> known.computeIfPresent(
                membership,
                (id, it) -> new Known(known.getOrDefault(account, UNKNOWN).name(), it.stands(), it.about())));
        look(
                        jdbc,
                        "select organization, name, status <> 'DELETED' from organizations where organization",
                        wanted.get(Activity.ORGANIZATION))
                .forEach(row -> known.put(row.id(), new Known(row.text(), row.stands(), null)));
        look(
                        jdbc,
                        "select invitation, email, status <> 'REVOKED' from invitations where invitation",
                        wanted.get(Activity.INVITATION))
                .forEach(row ->
                        known.put(row.id(), new Known(row.text(), row.stands(), new About("email", row.text()))));
        look(jdbc, "select token, name, not revoked, type from tokens where token", wanted.get(Activity.CREDENTIAL))
                .forEach(row ->
                        known.put(row.id(), new Known(row.text(), row.stands(), new About("type", row.more()))));
    }

    private static void add(Map<String, Set<UUID>> wanted, String type, @Nullable UUID id) {
        if (id != null) {
            wanted.computeIfAbsent(type, it -> new HashSet<>()).add(id);
        }
    }

    private record Found(UUID id, String text, boolean stands, String more) {}

    private static Stream<Found> look(JdbcClient jdbc, String select, @Nullable Set<UUID> ids) {
        if (ids == null || ids.isEmpty()) {
            return Stream.empty();
        }
        return jdbc
                .sql(select + " = any(?)")
                .param(ids.toArray(UUID[]::new))
                .query((row, n) -> new Found(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getMetaData().getColumnCount() > 3 ? row.getString(4) : ""))
                .list()
                .stream();
    }

    ExportedActivity of(Row row) {
        Known object = known.getOrDefault(row.object(), unknown(row.objectType()));
        String actorId = switch (row.actorType()) {
            case Actor.OPERATOR -> "operator";
            case Actor.SYSTEM -> "system";
            default -> row.actor() == null ? "" : row.actor().toString();
        };
        String actorName = switch (row.actorType()) {
            case Actor.OPERATOR -> "Operator";
            case Actor.SYSTEM -> "System";
            default -> known.getOrDefault(row.actor(), UNKNOWN).name();
        };
        return new ExportedActivity(
                row.event(),
                row.sequence(),
                row.at().toInstant(),
                row.actorType(),
                actorId,
                actorName,
                row.verb(),
                row.objectType(),
                row.object(),
                object.name(),
                !object.stands(),
                object.about(),
                row.metadata(),
                row.token(),
                row.request());
    }

    private static Known unknown(String type) {
        return switch (type) {
            case Activity.INVITATION -> new Known("", false, new About("email", ""));
            case Activity.MEMBER -> new Known("", false, new About("user_id", ""));
            case Activity.CREDENTIAL -> new Known("", false, new About("type", ""));
            default -> UNKNOWN;
        };
    }
}
