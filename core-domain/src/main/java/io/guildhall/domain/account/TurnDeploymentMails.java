package io.guildhall.domain.account;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** Whether the person is told of failed deployments. */
public record TurnDeploymentMails(@RoutingKey UUID account, boolean on) {}
