package io.guildhall.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.query.session.CallerView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerTest {

    private static final UUID PERSON = UUID.randomUUID();
    private static final UUID ORGANIZATION = UUID.randomUUID();

    @Test
    void allSessionsAndPersonalTokensOfAPersonShareItsLimits() {
        assertThat(caller("SESSION", PERSON, null).limitedId()).isEqualTo(PERSON);
        assertThat(caller("SESSION", PERSON, ORGANIZATION).limitedId()).isEqualTo(PERSON);
        assertThat(caller("USER", PERSON, ORGANIZATION).limitedId()).isEqualTo(PERSON);
    }

    @Test
    void allTokensOfAnOrganizationShareItsLimits() {
        assertThat(caller("ORGANIZATION", null, ORGANIZATION).limitedId()).isEqualTo(ORGANIZATION);
    }

    private static Caller caller(String kind, @Nullable UUID user, @Nullable UUID organization) {
        return new Caller(
                new CallerView(
                        kind,
                        UUID.randomUUID(),
                        user,
                        organization,
                        null,
                        true,
                        "ACTIVE",
                        false,
                        Instant.MAX,
                        null,
                        true,
                        null,
                        null,
                        null,
                        null),
                "request");
    }
}
