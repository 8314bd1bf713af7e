package io.guildhall.domain.account.events;

import java.util.UUID;

/** The person does not want to be told of failed deployments. */
public record DeploymentMailsTurnedOff(UUID account) implements AccountEvent {}
