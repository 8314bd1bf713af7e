package io.guildhall.infrastructure.projection.rebuild;

import io.guildhall.infrastructure.projection.Projection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Which version of each projection its table was built by: the table {@code projections}. */
@Component
class ProjectionVersionRepository {

    private final JdbcTemplate jdbc;

    ProjectionVersionRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The stored version; a projection that has never been seen has just got its table, and is as new as its code. */
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
