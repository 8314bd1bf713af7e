package io.guildhall.infrastructure.eventstore;

import io.guildhall.domain.organization.OrganizationSnapshot;
import io.guildhall.domain.shared.AggregateSnapshot;
import io.guildhall.domain.user.UserSnapshot;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.SerializedType;

/** Ignores snapshots of another type or revision than this version of the service makes: then the stream is read instead. */
public final class SnapshotRevisions {

    private static final Map<String, String> REVISIONS = Stream.<Class<? extends AggregateSnapshot>>of(
                    UserSnapshot.class, OrganizationSnapshot.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, new AnnotationRevisionResolver()::revisionOf));

    public static final SnapshotFilter FILTER = snapshot -> {
        SerializedType type = snapshot.getPayload().getType();
        return type.getRevision() != null && type.getRevision().equals(REVISIONS.get(type.getName()));
    };

    private SnapshotRevisions() {}
}
