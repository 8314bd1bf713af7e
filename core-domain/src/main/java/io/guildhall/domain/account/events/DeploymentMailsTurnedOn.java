package io.guildhall.domain.account.events;

import java.util.UUID;

/** The person wants to be told of failed deployments. */
public record DeploymentMailsTurnedOn(UUID account) implements AccountEvent {}
