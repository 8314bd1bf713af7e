package io.guildhall.domain.account.events;

import java.util.UUID;

/** The change of the e-mail address was canceled by a mailed link. The address of now stays. */
public record EmailChangeCanceled(UUID account, UUID link) implements AccountEvent {}
