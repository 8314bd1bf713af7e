package io.guildhall.domain;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.guildhall.domain.invitation.InvitationEvent;
import io.guildhall.domain.membership.MembershipEvent;
import io.guildhall.domain.organization.NameClaimEvent;
import io.guildhall.domain.organization.OrganizationEvent;
import io.guildhall.domain.session.SessionEvent;
import io.guildhall.domain.shared.EventType;
import io.guildhall.domain.token.TokenEvent;
import io.guildhall.domain.user.EmailClaimEvent;
import io.guildhall.domain.user.UserEvent;
import io.guildhall.domain.webhook.WebhookEvent;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All events of the domain by logical name, under which they are stored. */
public final class EventTypes {

    private static final List<Class<?>> ALL = Stream.<Class<?>>of(
                    UserEvent.class,
                    SessionEvent.class,
                    EmailClaimEvent.class,
                    OrganizationEvent.class,
                    NameClaimEvent.class,
                    MembershipEvent.class,
                    InvitationEvent.class,
                    TokenEvent.class,
                    WebhookEvent.class)
            .<Class<?>>flatMap(family -> Stream.of(family.getPermittedSubclasses()))
            .toList();

    private static final Map<String, Class<?>> BY_NAME =
            ALL.stream().collect(toUnmodifiableMap(EventTypes::nameOf, Function.identity()));

    private EventTypes() {}

    /** The classes of all events. */
    public static List<Class<?>> all() {
        return ALL;
    }

    /** Returns the class of an event; null if this version does not know the name. */
    public static @Nullable Class<?> find(String name) {
        return BY_NAME.get(name);
    }

    /** Whether a stored event of this name and version can be read without upcasting. */
    public static boolean isCurrent(String name, String version) {
        Class<?> event = find(name);
        EventType type = event == null ? null : event.getAnnotation(EventType.class);
        return type != null && version.equals(Integer.toString(type.version()));
    }

    /**
     * Returns the logical name, such as {@code member.invited}; the simple name of a class that is not an event of the
     * domain.
     */
    public static String nameOf(Class<?> event) {
        EventType type = event.getAnnotation(EventType.class);
        return type == null ? event.getSimpleName() : type.value();
    }
}
