package io.guildhall.api.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.domain.invitation.InvitationCommand.AcceptInvitation;
import io.guildhall.domain.invitation.InvitationCommand.DeclineInvitation;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.query.invitation.FindInvitationByLink;
import io.guildhall.query.invitation.FindOwnInvitation;
import io.guildhall.query.invitation.InvitationPage;
import io.guildhall.query.invitation.ListOwnInvitations;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedInvitationEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/account/organization_invitations";

    private final UUID invitation = UUID.randomUUID();
    private final UUID link = UUID.randomUUID();
    private final String one = ALL + "/" + invitation;

    @ParameterizedTest
    @CsvSource({
        "GET, ?statuses=GONE, statuses",
        "GET, ?limit=0, limit",
        "GET, /no-id, id",
        "POST, /no-id/accept, id",
        "POST, /no-id/decline, id"
    })
    void namesWhatIsWrong(String method, String part, String field) throws Exception {
        call(method, ALL + part, "[").andExpect(invalid(field));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "POST, /accept", "POST, /decline"})
    void knowsNoInvitationToOthers(String method, String part) throws Exception {
        call(method, ALL + "/" + FOREIGN + part, "[").andExpect(problem(404, "no-such-invitation"));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "GET, /" + FOREIGN, "POST, /" + FOREIGN + "/accept", "POST, /" + FOREIGN + "/decline"})
    void rejectsCallersWithoutThePermission(String method, String part) throws Exception {
        call(By.NOBODY, method, ALL + part, "[").andExpect(problem(401, "unauthenticated"));
        call(By.USER_TOKEN, method, ALL + part, "[").andExpect(problem(403, "interactive-session-required"));
        call(By.ORGANIZATION_TOKEN, method, ALL + part, "[").andExpect(problem(403, "user-required"));

        nothingSent();
    }

    @Test
    void lists() throws Exception {
        answer(
                new ListOwnInvitations(USER, List.of("PENDING"), 20, 0),
                new InvitationPage(List.of(InvitationViews.pending(invitation)), 20, 0, 1));

        get(ALL + "?statuses=PENDING")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.invitations[0].id").value(invitation.toString()))
                .andExpect(jsonPath("$.count").value(1));
    }

    @Test
    void acceptsById() throws Exception {
        answer(new FindOwnInvitation(USER, invitation, null), InvitationViews.pending(invitation));

        call("POST", one + "/accept", null)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.invitation.id").value(invitation.toString()));

        AcceptInvitation command = sent(AcceptInvitation.class);
        assertThat(command).isEqualTo(new AcceptInvitation(ORGANIZATION, invitation, USER, command.membership(), null));
    }

    @Test
    void declinesByTheMailedLink() throws Exception {
        answer(new FindInvitationByLink(link), InvitationViews.linked(invitation, "PENDING"));
        answer(new FindOwnInvitation(USER, invitation, link), InvitationViews.pending(invitation));

        call("POST", ALL + "/" + links.urlId(SignedLinkCodec.INVITATION, link) + "/decline", null)
                .andExpect(status().isOk());

        assertThat(sent(DeclineInvitation.class))
                .isEqualTo(new DeclineInvitation(ORGANIZATION, invitation, USER, link));
    }

    @Test
    void showsTheLinkToNobodyElse() throws Exception {
        answer(new FindInvitationByLink(link), InvitationViews.linked(invitation, "PENDING"));

        get(ALL + "/" + links.urlId(SignedLinkCodec.INVITATION, link))
                .andExpect(problem(400, "sent-to-another-address"));
    }

    @Test
    void passesOnWhyTheDomainRejects() throws Exception {
        answer(new FindOwnInvitation(USER, invitation, null), InvitationViews.pending(invitation));
        reject(InvitationRejections.EXPIRED);

        call("POST", one + "/accept", null)
                .andExpect(problem(400, "invitation-expired"))
                .andExpect(jsonPath("$.code").value("failed_precondition"));
    }
}
