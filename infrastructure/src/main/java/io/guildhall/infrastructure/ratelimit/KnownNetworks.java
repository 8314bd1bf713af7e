package io.guildhall.infrastructure.ratelimit;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import io.guildhall.infrastructure.jobs.JobScheduler;
import java.time.Duration;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The network addresses from which each user has signed in during the last 30 days. Only keyed hashes are stored. */
@Repository
public class KnownNetworks {

    private static final Duration KNOWN_FOR = Duration.ofDays(30);

    /** One write a day is enough to tell whether it was within 30 days. */
    private static final String REMEMBER = """
            insert into known_networks as k (id, seen_at) values (?, now())
            on conflict (id) do update set seen_at = excluded.seen_at where k.seen_at < now() - interval '1 day'
            """;

    private final JdbcClient jdbc;
    private final KeyedPseudonymizer pseudonymizer;

    KnownNetworks(JdbcClient jdbc, KeyedPseudonymizer pseudonymizer) {
        this.jdbc = jdbc;
        this.pseudonymizer = pseudonymizer;
    }

    /** Whether the user has signed in from this network within 30 days. */
    public boolean knows(UUID user, String network) {
        return jdbc.sql(
                        "select exists (select from known_networks where id = ? and seen_at > now() - make_interval(days => ?))")
                .params(id(user, network), (int) KNOWN_FOR.toDays())
                .query(Boolean.class)
                .single();
    }

    /** The user signs in from this network. */
    public void remember(UUID user, String network) {
        jdbc.sql(REMEMBER).param(id(user, network)).update();
    }

    private String id(UUID user, String network) {
        return pseudonymizer.pseudonym("signed in " + user + " " + network);
    }

    @Bean
    static RecurringTask<Void> knownNetworksCleanup(KnownNetworks networks) {
        return JobScheduler.job("known-networks-cleanup", Duration.ofHours(1), networks::deleteExpired);
    }

    /** Not private: a repository is called through a proxy, which a private method would not reach. */
    void deleteExpired() {
        jdbc.sql("delete from known_networks where seen_at < now() - make_interval(days => ?)")
                .param((int) KNOWN_FOR.toDays())
                .update();
    }
}
