package io.guildhall.infrastructure.projection.rebuild;

import io.guildhall.infrastructure.projection.Projection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The version of the code that built each projection: the table {@code projections}. */
@Component
class ProjectionVersionRepository {

    private final JdbcTemplate jdbc;

    ProjectionVersionRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the stored version. A projection without one has a new, empty table: stores and returns the version of
     * its code.
     */
    int seen(Projection projection) {
        jdbc.update("""
                insert into projections (name, version, rebuilt_to, rebuilt) values (?, ?, 0, clock_timestamp())
                on conflict do nothing
                """, projection.name(), projection.version());
        Integer version =
                jdbc.queryForObject("select version from projections where name = ?", Integer.class, projection.name());
        return version == null ? 0 : version;
    }

    void built(Projection projection, long position) {
        jdbc.update("""
                insert into projections (name, version, rebuilt_to, rebuilt) values (?, ?, ?, clock_timestamp())
                on conflict (name) do update
                set version = excluded.version, rebuilt_to = excluded.rebuilt_to, rebuilt = excluded.rebuilt
                """, projection.name(), projection.version(), position);
    }
}
