package io.guildhall.query.activity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code activities}, with identifiers that {@link ActivityNameResolver} resolves to names. */
record ActivityRow(
        UUID event,
        long sequence,
        OffsetDateTime at,
        String actorType,
        @Nullable UUID actor,
        @Nullable UUID token,
        @Nullable String request,
        String eventType,
        String verb,
        String objectType,
        UUID object,
        String metadata) {

    /** The columns that {@link #read} needs, of the table joined as {@code a}. */
    static final String COLUMNS =
            "a.event, a.sequence, a.occurred_at, a.actor_type, a.actor, a.token, a.request, a.event_type, a.verb, a.object_type, a.object,"
                    + " cast(a.metadata as text)";

    static ActivityRow read(ResultSet row, int n) throws SQLException {
        return new ActivityRow(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getObject(3, OffsetDateTime.class),
                row.getString(4),
                row.getObject(5, UUID.class),
                row.getObject(6, UUID.class),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getObject(11, UUID.class),
                row.getString(12));
    }
}
