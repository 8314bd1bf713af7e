package io.guildhall.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guildhall.domain.invitation.InvitationRefusal;
import io.guildhall.domain.membership.MembershipRefusal;
import io.guildhall.domain.organization.OrganizationRefusal;
import io.guildhall.domain.user.UserRefusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void hasTheWordsOfItsNameForACode() {
        assertThat(new InvitationRefusal.SeatsExhausted("starter", 3).code()).isEqualTo("seats-exhausted");
        assertThat(new MembershipRefusal.NotAMember().code()).isEqualTo("not-a-member");
        assertThat(new InvitationRefusal.Lapsed().code()).isEqualTo("lapsed");
    }

    @Test
    void keepsTheTextsThatClientsMatchOn() {
        assertThat(List.of(
                        new MembershipRefusal.NotAMember(),
                        new OrganizationRefusal.TokenRejected(),
                        new OrganizationRefusal.Locked()))
                .extracting(Refusal::kind, Refusal::explanation)
                .containsExactly(
                        tuple(Refusal.Kind.FORBIDDEN, "User is not a member of the organization"),
                        tuple(Refusal.Kind.UNAUTHENTICATED, "Token rejected"),
                        tuple(Refusal.Kind.FORBIDDEN, "Account is locked"));
    }

    @Test
    void travelsAsTheDetailsOfAnExceptionWithoutAStackTrace() {
        var refusal = new UserRefusal.EmailTaken();
        CommandRefused refused = CommandRefused.because(refusal);

        assertThat(refused.refusal()).isSameAs(refusal);
        assertThat(refused.<Object>getDetails()).contains(refusal);
        assertThat(refused).hasMessage(refusal.explanation());
        assertThat(refused.getStackTrace()).isEmpty();
    }
}
