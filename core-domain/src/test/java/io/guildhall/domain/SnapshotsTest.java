package io.guildhall.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.OrganizationSnapshot;
import io.guildhall.domain.shared.AggregateSnapshot;
import io.guildhall.domain.shared.Limits;
import io.guildhall.domain.user.UserSnapshot;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot with the events after it is equivalent to the whole stream. */
class SnapshotsTest {

    private static final int STEPS = 400;

    /** Low enough to be reached by random histories. */
    private static final Limits LIMITS = new Limits(6, 8, 3, 4);

    /** {@link Decisions} repeats each decision on aggregates restored from a snapshot. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void decisionsAreTheSameAsAfterTheWholeStream(long seed) {
        var history = new RandomHistory(seed);
        var decisions = new Decisions(LIMITS, seed);
        int successes = 0;
        for (int step = 0; step < STEPS; step++) {
            RandomHistory.Step next = history.next();
            if (decisions.at(next.at()).when(next.command(), next.actor()).isSuccess()) {
                successes++;
            }
        }
        decisions.expectTheSameStateAfterEverySnapshot();
        assertThat(successes).as("steps that were no refusals").isGreaterThan(STEPS / 10);
    }

    private static List<Class<? extends AggregateSnapshot>> everySnapshot() {
        return List.of(UserSnapshot.class, OrganizationSnapshot.class);
    }

    /** Text in snapshots is the same as in events: encrypted, hashed, or not personal data. */
    @Test
    void nothingOfAPersonIsInClearText() {
        Set<String> clear = new TreeSet<>();
        everySnapshot()
                .forEach(snapshot -> components(snapshot)
                        .filter(component -> component.getType() == String.class)
                        .filter(component -> !component.getName().startsWith("encrypted")
                                && !component.getName().endsWith("Hash"))
                        .forEach(component ->
                                clear.add(component.getDeclaringRecord().getSimpleName() + "." + component.getName())));

        assertThat(clear).containsExactly("OrganizationSnapshot.name", "OrganizationSnapshot.plan", "Webhook.types");
    }

    /** The components of a record, including nested records. */
    private static Stream<RecordComponent> components(Class<?> record) {
        Stream.Builder<RecordComponent> all = Stream.builder();
        Deque<Class<?>> open = new ArrayDeque<>(List.of(record));
        Set<Class<?>> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Class<?> next = open.removeFirst();
            if (seen.add(next)) {
                for (RecordComponent component : next.getRecordComponents()) {
                    all.add(component);
                    typesOf(component).filter(Class::isRecord).forEach(open::addLast);
                }
            }
        }
        return all.build();
    }

    private static Stream<Class<?>> typesOf(RecordComponent component) {
        return component.getGenericType() instanceof java.lang.reflect.ParameterizedType type
                ? Stream.of(type.getActualTypeArguments())
                        .filter(Class.class::isInstance)
                        .map(Class.class::cast)
                : Stream.of(component.getType());
    }
}
