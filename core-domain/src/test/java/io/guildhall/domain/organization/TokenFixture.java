package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.MovableClock;
import io.guildhall.domain.TransparentPersonalData;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.TestExecutor;

/** Axon's fixture for what is decided over API tokens; Bob is a member beside Ada. */
final class TokenFixture {

    final MovableClock clock = new MovableClock();
    final TransparentPersonalData personalData = new TransparentPersonalData();
    private final AggregateTestFixture<Organization> fixture = new AggregateTestFixture<>(Organization.class);

    TokenFixture() {
        fixture.registerAnnotatedCommandHandler(
                new TokenCommandHandler(new OrganizationLoader(fixture.getRepository(), clock), personalData, LIMITS));
    }

    TestExecutor<Organization> given(Object... since) {
        return fixture.given(of(ACME, acme("starter"), joined(ACME, BOB), and(since)));
    }
}
