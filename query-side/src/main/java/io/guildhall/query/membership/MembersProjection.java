package io.guildhall.query.membership;

import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.membership.MembershipEvent.MemberLeft;
import io.guildhall.domain.membership.MembershipEvent.MemberRemoved;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.RowValues;
import io.guildhall.infrastructure.projection.TableDefinition;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.springframework.stereotype.Component;

/** Current and former memberships. */
@Component
@ProcessingGroup(MembersProjection.NAME)
class MembersProjection implements Projection {

    static final String NAME = "members";

    private static final TableDefinition TABLE = TableDefinition.changed(NAME, "membership");

    private final ProjectionWriter projectionWriter;

    MembersProjection(ProjectionWriter projectionWriter) {
        this.projectionWriter = projectionWriter;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    @Override
    public boolean endsAccess(Object event) {
        return event instanceof MemberLeft || event instanceof MemberRemoved;
    }

    @EventHandler
    void on(MemberJoined event, @Timestamp Instant at) {
        projectionWriter.insert(
                TABLE,
                RowValues.with("membership", event.membership())
                        .and("organization", event.organization())
                        .and("user_id", event.user())
                        .and("joined", at));
    }

    @EventHandler
    void on(MemberLeft event, @Timestamp Instant at) {
        end(event.membership(), at);
    }

    @EventHandler
    void on(MemberRemoved event, @Timestamp Instant at) {
        end(event.membership(), at);
    }

    private void end(UUID membership, Instant at) {
        projectionWriter.update(TABLE, membership, RowValues.with("ended", at));
    }
}
