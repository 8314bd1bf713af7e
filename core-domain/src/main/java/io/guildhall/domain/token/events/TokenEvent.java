package io.guildhall.domain.token.events;

import java.util.UUID;

/** A fact of one API token; part of its organization's stream. */
public sealed interface TokenEvent
        permits TokenIssued, TokenDescribed, TokenDeactivated, TokenReactivated, TokenRevoked {

    UUID organization();
}
