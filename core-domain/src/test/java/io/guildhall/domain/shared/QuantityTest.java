package io.guildhall.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.organization.OrganizationRejections;
import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void isSingularForOneOnly() {
        assertThat(Quantity.of(0, "seat")).isEqualTo("0 seats");
        assertThat(Quantity.of(1, "seat")).isEqualTo("1 seat");
        assertThat(Quantity.of(2, "seat")).isEqualTo("2 seats");
    }

    @Test
    void isUsedInExplanations() {
        assertThat(OrganizationRejections.seatsInUse("hobby", 1, 1, 1).message())
                .contains("1 seat,", "1 by members, 1 by");
        assertThat(InvitationRejections.seatsExhausted("hobby", 1).message()).contains("1 seat,");
        assertThat(OrganizationRejections.activityRetentionBeyondPlan("hobby", 1)
                        .message())
                .contains("1 day at");
    }
}
