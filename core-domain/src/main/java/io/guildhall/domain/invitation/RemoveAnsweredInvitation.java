package io.guildhall.domain.invitation;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/**
 * Takes an answered invitation off the lists. Of the answered invitations the organization knows the latest alone; the sender has
 * seen in the read model that this one is answered and listed. Silence when it was removed just before.
 */
public record RemoveAnsweredInvitation(@RoutingKey UUID organization, UUID invitation) {}
