package io.guildhall.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import java.util.UUID;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A version 0 of {@code member.invited} without a role, as all members were owners, and its upcaster. */
public final class FormerMemberInvited {

    public static final String TYPE = "member.invited";
    public static final String VERSION = "0";

    private FormerMemberInvited() {}

    /** The stored form. */
    public static String payload(UUID organization) {
        return """
            {"organization":"%s","invitation":"7c9e6679-7425-40de-944b-e07fc1f90ae7","encryptedEmail":"x","emailHash":"y",\
            "inviter":null,"link":"7c9e6679-7425-40de-944b-e07fc1f90ae8","expiresAt":"2026-03-08T12:00:00Z"}""".formatted(organization);
    }

    public static EventUpcasterChain upcasters() {
        return new EventUpcasterChain(new RoleOfInvitations());
    }

    /** Asserts that it was read as the current version. */
    public static void assertUpcast(EventMessage<?> message, UUID organization) {
        assertThat(message.getPayload()).isInstanceOfSatisfying(MemberInvited.class, invited -> {
            assertThat(invited.organization()).isEqualTo(organization);
            assertThat(invited.role()).isEqualTo("owner");
        });
    }

    private static final class RoleOfInvitations extends SingleEventUpcaster {

        @Override
        protected boolean canUpcast(IntermediateEventRepresentation stored) {
            return stored.getType().getName().equals(TYPE)
                    && VERSION.equals(stored.getType().getRevision());
        }

        @Override
        protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation stored) {
            return stored.upcastPayload(
                    new SimpleSerializedType(TYPE, "1"),
                    JsonNode.class,
                    payload -> ((ObjectNode) payload).put("role", "owner"));
        }
    }
}
