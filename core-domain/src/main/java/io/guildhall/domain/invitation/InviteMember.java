package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** R9, R11. {@code inviter} is null when an organization's token invites. */
public record InviteMember(
        @RoutingKey UUID organization,
        UUID invitation,
        String email,
        @Nullable UUID inviter,
        UUID link) {}
