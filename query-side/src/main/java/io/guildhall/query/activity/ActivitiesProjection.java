package io.guildhall.query.activity;

import io.guildhall.domain.EventTypes;
import io.guildhall.domain.invitation.InvitationEvent;
import io.guildhall.domain.membership.MembershipEvent;
import io.guildhall.domain.organization.OrganizationEvent;
import io.guildhall.domain.session.SessionEvent;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.token.TokenEvent;
import io.guildhall.domain.user.UserEvent;
import io.guildhall.domain.webhook.WebhookEvent;
import io.guildhall.infrastructure.projection.Projection;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.infrastructure.projection.RowValues;
import io.guildhall.infrastructure.projection.TableDefinition;
import io.guildhall.infrastructure.projection.TrailSequence;
import java.util.UUID;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes each event of an organization or user as one row of its trail, with the event's number in the trail (R19: each
 * event is one activity, exactly once, in order). Claims have no trail.
 */
@Component
@ProcessingGroup(ActivitiesProjection.NAME)
class ActivitiesProjection implements Projection {

    static final String NAME = "activities";

    private static final TableDefinition TABLE = TableDefinition.added(NAME, "trail", "sequence");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ProjectionWriter projectionWriter;

    ActivitiesProjection(ProjectionWriter projectionWriter) {
        this.projectionWriter = projectionWriter;
    }

    @Override
    public TableDefinition table() {
        return TABLE;
    }

    /** Ignores {@code drop_on}, which the retention job maintains, and rows that it has dropped. */
    @Override
    public String compared() {
        return """
                select a.trail, a.sequence, a.event, a.occurred_at, a.actor_type, a.actor, a.token, a.request, a.event_type, a.verb, a.object_type,
                       a.object, a.metadata
                from %s a left join public.trail_retentions k on k.trail = a.trail
                where a.sequence > coalesce(k.dropped_up_to, 0)
                """;
    }

    @EventHandler
    void on(OrganizationEvent event, DomainEventMessage<?> message) {
        add(event.organization(), ActivityMapper.of(event), message);
    }

    @EventHandler
    void on(InvitationEvent event, DomainEventMessage<?> message) {
        add(event.organization(), ActivityMapper.of(event), message);
    }

    @EventHandler
    void on(MembershipEvent event, DomainEventMessage<?> message) {
        add(event.organization(), ActivityMapper.of(event), message);
    }

    @EventHandler
    void on(TokenEvent event, DomainEventMessage<?> message) {
        add(event.organization(), ActivityMapper.of(event), message);
    }

    @EventHandler
    void on(WebhookEvent event, DomainEventMessage<?> message) {
        add(event.organization(), ActivityMapper.of(event), message);
    }

    @EventHandler
    void on(UserEvent event, DomainEventMessage<?> message) {
        add(event.user(), ActivityMapper.of(event), message, null);
    }

    @EventHandler
    void on(SessionEvent event, DomainEventMessage<?> message) {
        add(event.user(), ActivityMapper.of(event), message, null);
    }

    private void add(UUID organization, Activity activity, DomainEventMessage<?> message) {
        add(organization, activity, message, activity.namesOrganization() ? null : organization);
    }

    /** @param retained the organization whose retention applies; null for an activity that is never dropped */
    private void add(UUID trail, Activity activity, DomainEventMessage<?> message, @Nullable UUID retained) {
        ActorContext context = ActorContext.from(message.getMetaData());
        Actor actor = Actor.of(context);
        projectionWriter.insert(
                TABLE,
                RowValues.with("trail", trail)
                        .and("sequence", TrailSequence.column(message))
                        .and("event", UUID.fromString(message.getIdentifier()))
                        .and("occurred_at", message.getTimestamp())
                        .and("actor_type", actor.type())
                        .and("actor", actor.id())
                        .and("token", context.effectiveToken())
                        .and("request", context.request())
                        .and("event_type", EventTypes.nameOf(message.getPayloadType()))
                        .and("verb", activity.verb())
                        .and("object_type", activity.objectType())
                        .and("object", activity.object())
                        .and("metadata", new RowValues.Json(JSON.writeValueAsString(activity.metadata())))
                        .and("drop_on", RetentionPartition.of(message.getTimestamp(), retained)));
    }
}
