package io.guildhall.domain.organization.events;

import java.util.UUID;

/** The onboarding answers, free in form, sealed under the organization's key as JSON. */
public record SignupQualificationAnswered(UUID organization, String sealedAnswers) implements OrganizationEvent {}
