package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guildhall.domain.organization.OrganizationEvent.ActivityRetentionSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.Repository;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One organization's trail, which members, API tokens, webhooks and aggregates of another type write to at the same moment. */
final class SharedTrailWriters {

    private static final int CALLERS = 32;
    private static final int ROUNDS = 5;
    private static final int KINDS = 4;
    private static final int NOTEBOOKS = CALLERS / KINDS;

    /** An aggregate type of the tests: each one is a stream of its own, and its events are in the trail of an organization. */
    public static final class Notebook {

        @AggregateIdentifier
        private String id;

        private UUID organization;

        @SuppressWarnings("unused") // By Axon, before it reads the stream.
        Notebook() {}

        Notebook(String id, UUID organization) {
            this.id = id;
            this.organization = organization;
            write();
        }

        /** Any event of the organization that changes nothing of it. */
        void write() {
            AggregateLifecycle.apply(new ActivityRetentionSet(organization, 0, 0));
        }

        @EventSourcingHandler
        void on(ActivityRetentionSet event, DomainEventMessage<?> message) {
            id = message.getAggregateIdentifier();
            organization = event.organization();
        }
    }

    private final Client operator;
    private final JdbcTemplate sql;
    private final TransactionManager transactions;
    private final Repository<Notebook> notebooks;
    private final TestUser ada;
    private final List<TestUser> guests = new ArrayList<>();
    private final UUID organization;
    private final String key;

    SharedTrailWriters(Client client, Client operator, BeanFactory service, DataSource database) {
        this.operator = operator;
        this.sql = new JdbcTemplate(database);
        this.transactions = service.getBean(TransactionManager.class);
        this.notebooks = EventSourcingRepository.builder(Notebook.class)
                .eventStore(service.getBean(EventStore.class))
                .build();
        this.ada = client.newcomer().creator("scale");
        for (int i = 0; i < CALLERS / KINDS; i++) {
            guests.add(client.newcomer());
        }
        this.organization = UUID.fromString(ada.organization());
        this.key = client.get("/v1/activities/key").ok().body();
    }

    void isWrittenByAllAtOnce() {
        ConcurrentRequests.atOnce(CALLERS, caller -> {
            switch (caller % KINDS) {
                case 0 -> memberships(guests.get(caller / KINDS));
                case 1 -> tokens();
                case 2 -> webhooks();
                default -> notebook();
            }
            return true;
        });
        // What is answered is shown, and so is all of the trail before it.
        ada.token("USER");
    }

    /** Joins and is removed, which takes several events each. Fewer rounds: an address is invited three times in ten minutes. */
    private void memberships(TestUser guest) {
        for (int round = 0; round < 2; round++) {
            ada.remove(ada.welcome(guest).membership()).ok();
        }
    }

    private void tokens() {
        for (int round = 0; round < ROUNDS; round++) {
            ada.client().delete("/v1/credentials/" + ada.token("USER").id()).ok();
        }
    }

    private void webhooks() {
        for (int round = 0; round < ROUNDS; round++) {
            String webhook = ada.webhook("https://hooks.example.org/in").id();
            ada.client().delete("/v1/webhooks/" + webhook).ok();
        }
    }

    private void notebook() {
        String id = UUID.randomUUID().toString();
        inUnitOfWork(() -> notebooks.newInstance(() -> new Notebook(id, organization)));
        for (int round = 1; round < ROUNDS; round++) {
            inUnitOfWork(() -> {
                notebooks.load(id).execute(Notebook::write);
                return id;
            });
        }
    }

    private void inUnitOfWork(java.util.concurrent.Callable<?> work) {
        var unit = DefaultUnitOfWork.startAndGet(null);
        unit.attachTransaction(transactions);
        try {
            work.call();
            unit.commit();
        } catch (Exception failure) {
            if (unit.isActive()) {
                unit.rollback(failure);
            }
            throw new AssertionError(failure);
        }
    }

    void hasNeitherGapsNorRepeats() throws Exception {
        List<Map<String, Object>> activities = activities();
        assertThat(activities.stream().map(activity -> activity.get("sequence")))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, activities.size()).boxed().toList());
        assertThat(activities.stream().map(activity -> activity.get("event"))).doesNotHaveDuplicates();
        assertThat(activities.stream().filter(activity -> "activity_retention_updated".equals(activity.get("name"))))
                .as("of the notebooks")
                .hasSize(NOTEBOOKS * ROUNDS);
        assertThat(checkpoint().size()).isEqualTo(activities.size());
        assertThat(exported())
                .containsExactlyElementsOf(activities.stream()
                        .map(activity -> activity.get("event").toString())
                        .toList());
        assertIsUntouched();
    }

    /** With an Axon Server the table has no events. */
    void isInTheOrderOfCommits() {
        assertThat(sql.queryForList(
                        "select trail_sequence from events where trail = ? order by position",
                        Long.class,
                        organization))
                .isSorted();
    }

    void isTheSameAfterARebuild() throws Exception {
        List<Map<String, Object>> before = activities();
        byte[] root = checkpoint().root();
        // Other tests of this service change rows by hand.
        operator.post("/operator/v1/rebuilds", Map.of("take_over_despite_differences", true))
                .ok();
        await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
            Reply latest = operator.get("/operator/v1/rebuilds/latest").ok();
            assertThat(latest.text("rebuild.state")).as(latest.body()).isEqualTo("DONE");
        });
        // So that the root is computed from the events again.
        sql.update("delete from trail_tiles where trail = ?", organization);
        sql.update("delete from trail_logs where trail = ?", organization);

        assertThat(activities()).isEqualTo(before);
        assertThat(checkpoint().root()).isEqualTo(root);
        assertIsUntouched();
    }

    private void assertIsUntouched() {
        Reply checked = operator.post("/operator/v1/organizations/" + organization + "/check_trail")
                .ok();
        assertThat(checked.at("holds").booleanValue()).as(checked.body()).isTrue();
    }

    private List<String> exported() {
        List<JsonNode> lines = ada.client()
                .get("/v1/activities/export")
                .ok()
                .body()
                .lines()
                .map(JsonMapper.shared()::readTree)
                .toList();
        return lines.subList(0, lines.size() - 1).stream()
                .map(line -> line.at("/event/id").stringValue())
                .toList();
    }

    private List<Map<String, Object>> activities() {
        return sql.queryForList(
                "select sequence, event, verb, object, metadata ->> 'event' as name from activities where trail = ?"
                        + " order by sequence",
                organization);
    }

    private SignedNote checkpoint() throws Exception {
        return SignedNote.of(ada.client().get("/v1/activities/checkpoint").ok().body(), key);
    }
}
