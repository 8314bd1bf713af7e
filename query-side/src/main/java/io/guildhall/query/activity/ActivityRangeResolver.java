package io.guildhall.query.activity;

import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.query.activity.ActivityFilter.Condition;
import io.guildhall.query.activity.ActivityFilter.Facet;
import io.guildhall.query.activity.ActivityFilter.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Resolves times to sequence numbers and e-mail addresses to user ids. */
@Component
class ActivityRangeResolver {

    /** Times increase with sequence numbers, up to this difference between the nodes' clocks. */
    private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final PersonalDataCipher personalData;
    private final Retention retention;

    ActivityRangeResolver(JdbcClient jdbc, PersonalDataCipher personalData, Retention retention) {
        this.jdbc = jdbc;
        this.personalData = personalData;
        this.retention = retention;
    }

    /** Returns the last sequence number, including dropped activities; 0 if there are none. */
    long head(UUID trail) {
        return heads(List.of(trail)).getOrDefault(trail, 0L);
    }

    @QueryHandler
    HeadsView handle(FindHeads query) {
        return new HeadsView(heads(query.trails()));
    }

    private Map<UUID, Long> heads(Collection<UUID> trails) {
        Map<UUID, Long> heads = new HashMap<>();
        jdbc.sql("""
                        select each.trail, greatest(
                            (select a.sequence from activities a where a.trail = each.trail
                             order by a.sequence desc limit 1),
                            (select k.dropped_up_to from trail_retentions k where k.trail = each.trail),
                            0)
                        from unnest(cast(? as uuid[])) each (trail)
                        """)
                .param(trails.stream().map(UUID::toString).toArray(String[]::new))
                .query(row -> {
                    heads.put(row.getObject(1, UUID.class), row.getLong(2));
                });
        return heads;
    }

    /**
     * Creates the query of a page.
     *
     * @param skipped number of newest activities to skip
     * @param head the last sequence number to read
     */
    ActivityQuery scan(ListActivities query, long skipped, long head) {
        long from = 1;
        long to = head + 1;
        Long beyond = query.beyond();
        if (beyond != null && query.oldestFirst()) {
            from = beyond + 1;
        } else if (beyond != null) {
            to = Math.min(to, beyond);
        }
        return scan(query.trail(), query.filter(), query.oldestFirst(), from, to - skipped);
    }

    ActivityQuery scan(UUID trail, ActivityFilter filter, boolean oldestFirst, long from, long to) {
        List<Span> created = filter.created();
        Instant since = created.stream().anyMatch(it -> it.since() == null)
                ? null
                : created.stream().map(Span::since).min(Instant::compareTo).orElse(null);
        Instant until = created.stream().anyMatch(it -> it.until() == null)
                ? null
                : created.stream().map(Span::until).max(Instant::compareTo).orElse(null);
        long first = since == null ? from : Math.max(from, firstSince(trail, since.minus(MAX_CLOCK_DIFFERENCE)));
        long after = until == null ? to : Math.min(to, firstSince(trail, until.plus(MAX_CLOCK_DIFFERENCE)));
        return new ActivityQuery(trail, withoutAddresses(filter), retention, oldestFirst, first, after);
    }

    private long firstSince(UUID trail, Instant since) {
        Long first = jdbc.sql("select first_since(?, ?)")
                .params(trail, since.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        return first == null ? 0 : first;
    }

    private ActivityFilter withoutAddresses(ActivityFilter filter) {
        return new ActivityFilter(
                filter.conditions().stream()
                        .map(it -> it.facet() == Facet.ACTOR ? withoutAddresses(it) : it)
                        .toList(),
                filter.created(),
                filter.notCreated(),
                filter.words(),
                filter.notWords());
    }

    private Condition withoutAddresses(Condition actors) {
        List<String> values = actors.values().stream()
                .flatMap(value -> value.contains("@") ? user(value).stream() : Stream.of(value))
                .toList();
        return new Condition(Facet.ACTOR, values, actors.negated());
    }

    private List<String> user(String address) {
        return jdbc.sql("select user_id from users where email_hash = ? and not erased")
                .param(personalData.emailHash(address))
                .query(String.class)
                .list();
    }
}
