package io.guildhall.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.organization.OrganizationRejections;
import io.guildhall.domain.user.UserRejections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectionTest {

    @Test
    void isTheSameOneWhateverItsValuesAre() {
        Rejection starter = InvitationRejections.seatsExhausted("starter", 3);

        assertThat(starter.is(InvitationRejections.seatsExhausted("hobby", 1))).isTrue();
        assertThat(starter.is(InvitationRejections.ALREADY_INVITED)).isFalse();
        assertThat(starter.tags()).containsEntry("plan", "starter");
    }

    @Test
    void keepsTheTextsThatClientsMatchOn() {
        assertThat(List.of(
                        MembershipRejections.NOT_A_MEMBER,
                        OrganizationRejections.TOKEN_REJECTED,
                        OrganizationRejections.LOCKED))
                .extracting(Rejection::kind, Rejection::message)
                .containsExactly(
                        tuple(Rejection.Kind.FORBIDDEN, "User is not a member of the organization"),
                        tuple(Rejection.Kind.UNAUTHENTICATED, "Token rejected"),
                        tuple(Rejection.Kind.FORBIDDEN, "Account is locked"));
    }

    @Test
    void travelsAsTheDetailsOfAnExceptionWithoutAStackTrace() {
        Rejection rejection = UserRejections.EMAIL_TAKEN;
        var thrown = new DomainRejectionException(rejection);

        assertThat(thrown.rejection()).isSameAs(rejection);
        assertThat(thrown.<Object>getDetails()).contains(rejection);
        assertThat(thrown).hasMessage(rejection.message());
        assertThat(thrown.getStackTrace()).isEmpty();
    }
}
