package io.guildhall.domain.invitation.events;

import java.util.UUID;

/** A fact of one invitation; part of its organization's stream. */
public sealed interface InvitationEvent
        permits MemberInvited,
                InvitationResent,
                InvitationAccepted,
                InvitationDeclined,
                InvitationRevoked,
                InvitationExpired {

    UUID organization();
}
