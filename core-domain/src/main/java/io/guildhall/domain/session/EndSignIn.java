package io.guildhall.domain.session;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Ends a sign-in by its id, and with it all sessions and access tokens that came out of it. */
public record EndSignIn(@RoutingKey UUID account, UUID signIn) {}
