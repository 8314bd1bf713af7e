package io.guildhall.query.activity;

import io.guildhall.domain.account.events.AccountEvent;
import io.guildhall.domain.invitation.events.InvitationEvent;
import io.guildhall.domain.kernel.Act;
import io.guildhall.domain.membership.events.MembershipEvent;
import io.guildhall.domain.organization.events.OrganizationEvent;
import io.guildhall.domain.session.events.SessionEvent;
import io.guildhall.domain.token.events.TokenEvent;
import io.guildhall.domain.webhook.events.WebhookEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event says in a trail: for those who have the event, and want to see whether an activity is of it.
 *
 * @param actorId as it is shown
 * @param metadata with the token and the request
 */
public record Said(
        String actorType, String actorId, String verb, String objectType, UUID object, Map<String, Object> metadata) {

    /** Null when it is no event of a trail. */
    public static @Nullable Said of(Object event, Act act) {
        Activity activity = activity(event);
        if (activity == null) {
            return null;
        }
        Actor actor = Actor.of(act);
        String actorId = switch (actor.type()) {
            case Actor.OPERATOR -> "operator";
            case Actor.SYSTEM -> "system";
            default -> actor.id() == null ? "" : actor.id().toString();
        };
        var metadata = new LinkedHashMap<>(activity.metadata());
        if (act.anyToken() != null) {
            metadata.put("auth_token_ref", "credential:" + act.anyToken());
        }
        if (act.request() != null) {
            metadata.put("request_id", act.request());
        }
        return new Said(actor.type(), actorId, activity.verb(), activity.objectType(), activity.object(), metadata);
    }

    private static @Nullable Activity activity(Object event) {
        return switch (event) {
            case OrganizationEvent it -> Activities.of(it);
            case InvitationEvent it -> Activities.of(it);
            case MembershipEvent it -> Activities.of(it);
            case TokenEvent it -> Activities.of(it);
            case WebhookEvent it -> Activities.of(it);
            case AccountEvent it -> Activities.of(it);
            case SessionEvent it -> Activities.of(it);
            default -> null;
        };
    }
}
