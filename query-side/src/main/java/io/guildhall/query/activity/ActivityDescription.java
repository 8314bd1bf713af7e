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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Describes an event as an activity, for verifiers that compare a given event with an activity.
 *
 * @param actorId as shown in the trail
 * @param event the logical name of the event
 * @param metadata including the token and the request
 */
public record ActivityDescription(
        String actorType,
        String actorId,
        String event,
        String verb,
        String objectType,
        UUID object,
        Map<String, Object> metadata) {

    /** Returns null for an event that is not part of a trail. */
    public static @Nullable ActivityDescription of(Object event, ActorContext context) {
        Activity activity = activity(event);
        if (activity == null) {
            return null;
        }
        Actor actor = Actor.of(context);
        String actorId = switch (actor.type()) {
            case Actor.OPERATOR -> "operator";
            case Actor.SYSTEM -> "system";
            default -> actor.id() == null ? "" : actor.id().toString();
        };
        var metadata = new LinkedHashMap<>(activity.metadata());
        if (context.effectiveToken() != null) {
            metadata.put("auth_token_ref", "credential:" + context.effectiveToken());
        }
        if (context.request() != null) {
            metadata.put("request_id", context.request());
        }
        return new ActivityDescription(
                actor.type(),
                actorId,
                EventTypes.nameOf(event.getClass()),
                activity.verb(),
                activity.objectType(),
                activity.object(),
                metadata);
    }

    private static @Nullable Activity activity(Object event) {
        return switch (event) {
            case OrganizationEvent it -> ActivityMapper.of(it);
            case InvitationEvent it -> ActivityMapper.of(it);
            case MembershipEvent it -> ActivityMapper.of(it);
            case TokenEvent it -> ActivityMapper.of(it);
            case WebhookEvent it -> ActivityMapper.of(it);
            case UserEvent it -> ActivityMapper.of(it);
            case SessionEvent it -> ActivityMapper.of(it);
            default -> null;
        };
    }
}
