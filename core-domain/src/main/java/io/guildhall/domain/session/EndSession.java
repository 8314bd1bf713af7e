package io.guildhall.domain.session;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/**
 * Signs out: ends the sign-in of an interactive session, or a bound session and what was made with it. Changes nothing when the
 * session has ended already.
 */
public record EndSession(@RoutingKey UUID account, UUID session) {}
