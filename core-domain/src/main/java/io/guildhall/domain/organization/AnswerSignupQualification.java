package io.guildhall.domain.organization;

import java.util.UUID;
import org.axonframework.commandhandling.RoutingKey;

/** The answers as a JSON object. */
public record AnswerSignupQualification(@RoutingKey UUID organization, String answers) {}
