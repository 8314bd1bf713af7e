package io.guildhall.cli.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventCopierTest {

    private final List<String> said = new ArrayList<>();

    @Test
    void copiesAllInTheirOrder() {
        var from = new Shelf(history(1_203));
        var to = new Shelf(List.of());

        assertThat(copy(from, to)).isEqualTo(1_203);

        assertThat(to.events).isEqualTo(from.events);
        assertThat(said).contains("Copying: 1000 of 1203 events", "Verifying: 1203 of 1203 events");
    }

    @Test
    void goesOnWhereItWasInterrupted() {
        var from = new Shelf(history(1_203));
        var to = new Shelf(history(700));

        copy(from, to);

        assertThat(to.events).isEqualTo(from.events);
        assertThat(to.appended).isEqualTo(503);
    }

    @Test
    void changesNothingWhenItIsDone() {
        var to = new Shelf(history(20));
        copy(new Shelf(history(20)), to);
        assertThat(to.appended).isZero();
    }

    @Test
    void leavesAStoreAloneThatHasOtherEvents() {
        List<RawEvent> other = new ArrayList<>(history(20));
        other.set(7, event(7, "{\"other\":true}"));
        var to = new Shelf(other);

        assertThatThrownBy(() -> copy(new Shelf(history(30)), to)).hasMessageContaining("Event 8");
        assertThat(to.appended).isZero();
    }

    @Test
    void leavesAStoreAloneThatHasMoreEvents() {
        assertThatThrownBy(() -> copy(new Shelf(history(2)), new Shelf(history(3))))
                .hasMessageContaining("3 events");
    }

    @Test
    void noticesWhatCameOutOtherwiseThanItWentIn() {
        var forgetful = new Shelf(List.of()) {
            @Override
            public void append(List<RawEvent> copies) {
                super.append(
                        copies.stream().map(it -> event(it.sequence(), "{}")).toList());
            }
        };
        assertThatThrownBy(() -> copy(new Shelf(history(5)), forgetful)).hasMessageContaining("Event 1 ");
    }

    private long copy(EventArchive from, EventArchive to) {
        return new EventCopier(from, to, said::add).copy();
    }

    private static List<RawEvent> history(long length) {
        return LongStream.range(0, length)
                .mapToObj(n -> event(n, "{\"n\":" + n + "}"))
                .toList();
    }

    private static RawEvent event(long sequence, String payload) {
        return new RawEvent(
                "id" + sequence,
                "stream",
                sequence,
                "Organization",
                "type",
                null,
                payload,
                Map.of("actorType", "SYSTEM"),
                null,
                Instant.EPOCH.plusSeconds(sequence));
    }

    private static class Shelf implements EventArchive {

        final List<RawEvent> events;
        int appended;

        Shelf(List<RawEvent> events) {
            this.events = new ArrayList<>(events);
        }

        @Override
        public long count() {
            return events.size();
        }

        @Override
        public List<RawEvent> read(long after, int atMost) {
            return List.copyOf(events.subList((int) after, (int) Math.min(events.size(), after + atMost)));
        }

        @Override
        public void append(List<RawEvent> copies) {
            events.addAll(copies);
            appended += copies.size();
        }
    }
}
