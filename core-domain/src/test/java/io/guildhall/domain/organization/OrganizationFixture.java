package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.MovableClock;
import io.guildhall.domain.TestPlanCatalog;
import io.guildhall.domain.TransparentPersonalData;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.messaging.MetaData;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;

/** Axon's fixture for decisions of an organization alone. */
final class OrganizationFixture {

    final TransparentPersonalData personalData = new TransparentPersonalData();
    private final MovableClock clock = new MovableClock();
    private final AggregateTestFixture<Organization> fixture = new AggregateTestFixture<>(Organization.class);
    private final List<Object> before;

    /** @param before events, or lists of events; those of other streams are ignored */
    OrganizationFixture(Object... before) {
        this.before = of(ACME, before);
        var organizations = new OrganizationLoader(fixture.getRepository(), clock);
        var plans = new TestPlanCatalog();
        Stream.of(
                        new TokenCommandHandler(organizations, personalData, LIMITS),
                        new WebhookCommandHandler(organizations, personalData, LIMITS),
                        new OrganizationSettingsCommandHandler(organizations, null, personalData, plans),
                        new InvitationCommandHandler(
                                organizations, null, null, personalData, plans, LIFETIMES, LIMITS, CONTACT),
                        new OrganizationLifecycleCommandHandler(organizations, null, null, personalData, LIFETIMES))
                .forEach(fixture::registerAnnotatedCommandHandler);
    }

    OrganizationFixture at(Instant now) {
        clock.set(now);
        return this;
    }

    TestExecutor<Organization> given(Object... since) {
        return fixture.given(of(ACME, before, and(since)));
    }

    ResultValidator<Organization> when(Object command) {
        return given().when(command);
    }

    ResultValidator<Organization> when(Object command, MetaData actor) {
        return given().when(command, actor);
    }
}
