package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;
import org.jspecify.annotations.Nullable;

/** R13, R6. {@code link}: the mailed link, when it was followed; it validates the address. */
public record AcceptInvitation(
        @RoutingKey UUID organization,
        UUID invitation,
        UUID account,
        UUID membership,
        @Nullable UUID link) {}
