package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** R13. */
public record DeclineInvitation(
        @RoutingKey UUID organization,
        UUID invitation,
        UUID account,
        @Nullable UUID link) {}
