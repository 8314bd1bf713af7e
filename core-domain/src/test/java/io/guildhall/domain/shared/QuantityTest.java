package io.guildhall.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationRefusal.SeatsExhausted;
import io.guildhall.domain.organization.OrganizationRefusal.ActivityRetentionBeyondPlan;
import io.guildhall.domain.organization.OrganizationRefusal.SeatsInUse;
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
        assertThat(new SeatsInUse("hobby", 1, 1, 1).explanation()).contains("1 seat,", "1 by members, 1 by");
        assertThat(new SeatsExhausted("hobby", 1).explanation()).contains("1 seat,");
        assertThat(new ActivityRetentionBeyondPlan("hobby", 1).explanation()).contains("1 day at");
    }
}
