package io.guildhall.infrastructure.eventstore;

import io.guildhall.domain.organization.OrganizationSnapshot;
import io.guildhall.domain.shared.AggregateSnapshot;
import io.guildhall.domain.user.UserSnapshot;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.SerializedType;
import org.jspecify.annotations.Nullable;

/**
 * The revisions of snapshots. A snapshot of another type or revision is ignored and the stream is read instead. A
 * revision is the declared one plus a hash of the record's components, including nested records, so a snapshot of
 * another shape is never read.
 */
public final class SnapshotRevisions {

    private static final Map<String, String> REVISIONS = Stream.<Class<? extends AggregateSnapshot>>of(
                    UserSnapshot.class, OrganizationSnapshot.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, SnapshotRevisions::compute));

    public static final SnapshotFilter FILTER = snapshot -> {
        SerializedType type = snapshot.getPayload().getType();
        return type.getRevision() != null && type.getRevision().equals(REVISIONS.get(type.getName()));
    };

    private SnapshotRevisions() {}

    /** Returns null for a class that is not a snapshot of this service. */
    static @Nullable String of(Class<?> snapshot) {
        return REVISIONS.get(snapshot.getName());
    }

    private static String compute(Class<?> snapshot) {
        String declared = new AnnotationRevisionResolver().revisionOf(snapshot);
        return declared + "-" + Integer.toHexString(shapeOf(snapshot).hashCode());
    }

    private static String shapeOf(Class<?> snapshot) {
        var shape = new StringBuilder();
        Deque<Class<?>> pending = new ArrayDeque<>(List.of(snapshot));
        Set<Class<?>> seen = new HashSet<>();
        while (!pending.isEmpty()) {
            Class<?> next = pending.removeFirst();
            if (seen.add(next)) {
                shape.append(next.getSimpleName()).append('\n');
                for (RecordComponent component : next.getRecordComponents()) {
                    Type type = component.getGenericType();
                    shape.append(component.getName())
                            .append(' ')
                            .append(type.getTypeName())
                            .append('\n');
                    recordsIn(type).forEach(pending::addLast);
                }
            }
        }
        return shape.toString();
    }

    private static Stream<Class<?>> recordsIn(Type type) {
        Stream<Type> types = type instanceof ParameterizedType parameterized
                ? Stream.of(parameterized.getActualTypeArguments())
                : Stream.of(type);
        return types.<Class<?>>mapMulti((each, records) -> {
            if (each instanceof Class<?> record && record.isRecord()) {
                records.accept(record);
            }
        });
    }
}
