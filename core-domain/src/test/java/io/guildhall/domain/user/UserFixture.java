package io.guildhall.domain.user;

import static io.guildhall.domain.Facts.*;

import io.guildhall.domain.MovableClock;
import io.guildhall.domain.TransparentPersonalData;
import java.time.Instant;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.aggregate.TestExecutor;

/** Axon's fixture for decisions of a user alone. */
final class UserFixture {

    private final MovableClock clock = new MovableClock();
    private final AggregateTestFixture<User> fixture = new AggregateTestFixture<>(User.class);
    private final List<Object> before;

    /** @param before events, or lists of events; those of streams other than Ada's are ignored */
    UserFixture(Object... before) {
        this.before = of(ADA, before);
        var personalData = new TransparentPersonalData();
        fixture.registerAnnotatedCommandHandler(
                new SessionCommandHandler(fixture.getRepository(), personalData, LIFETIMES, LIMITS, clock));
        fixture.registerAnnotatedCommandHandler(
                new UserCommandHandler(fixture.getRepository(), null, personalData, LIFETIMES, LIMITS, clock));
    }

    UserFixture at(Instant now) {
        clock.set(now);
        return this;
    }

    TestExecutor<User> given(Object... since) {
        return fixture.given(of(ADA, before, and(since)));
    }

    ResultValidator<User> when(Object command) {
        return given().when(command);
    }
}
