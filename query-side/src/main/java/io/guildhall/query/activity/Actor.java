package io.guildhall.query.activity;

import io.guildhall.domain.shared.ActorContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The actor of an activity, with the published contract's type. The id of a {@link #USER} is null if the actor is only
 * known to have followed a mailed link.
 */
record Actor(String type, @Nullable UUID id) {

    static final String USER = "user";
    static final String CREDENTIAL = "credential";
    static final String OPERATOR = "operator";
    static final String SYSTEM = "system_user";

    static Actor of(ActorContext actor) {
        return switch (actor.type()) {
            case OPERATOR -> new Actor(OPERATOR, null);
            case SYSTEM -> new Actor(SYSTEM, null);
            case USER ->
                actor.user() == null && actor.token() != null
                        ? new Actor(CREDENTIAL, actor.token())
                        : new Actor(USER, actor.user());
        };
    }
}
