package io.guildhall.infrastructure.auditlog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** All signed checkpoints. None may be contradicted later. */
@Component
final class SignedRoots {

    private static final String SELECT = "select size, root, signature, signed from trail_checkpoints where trail = ?";

    private final JdbcTemplate jdbc;

    SignedRoots(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Nullable SignedRoot last(UUID trail) {
        List<SignedRoot> found = jdbc.query(SELECT + " order by size desc limit 1", SignedRoots::signedRoot, trail);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Returns all checkpoints of a trail by size. */
    List<SignedRoot> all(UUID trail) {
        return jdbc.query(SELECT + " order by size", SignedRoots::signedRoot, trail);
    }

    void add(UUID trail, long size, byte[] root, byte[] signature) {
        jdbc.update(
                "insert into trail_checkpoints (trail, size, root, signature) values (?, ?, ?, ?)",
                trail,
                size,
                root,
                signature);
    }

    private static SignedRoot signedRoot(ResultSet row, int n) throws SQLException {
        return new SignedRoot(
                row.getLong(1),
                row.getBytes(2),
                row.getBytes(3),
                row.getObject(4, OffsetDateTime.class).toInstant());
    }
}
