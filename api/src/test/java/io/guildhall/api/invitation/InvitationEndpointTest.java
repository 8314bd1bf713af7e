package io.guildhall.api.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.api.ratelimit.MailLimits;
import io.guildhall.domain.invitation.InvitationCommand.InviteMember;
import io.guildhall.domain.invitation.InvitationCommand.ResendInvitation;
import io.guildhall.domain.invitation.InvitationCommand.RevokeInvitation;
import io.guildhall.domain.invitation.InvitationRejections;
import io.guildhall.query.invitation.FindInvitation;
import io.guildhall.query.invitation.InvitationPage;
import io.guildhall.query.invitation.ListInvitations;
import io.guildhall.query.invitation.ListInvitationsAsOf;
import io.guildhall.query.invitation.ListOwnInvitations;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvitationEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/organization_invitations";

    private final UUID invitation = UUID.randomUUID();
    private final String one = ALL + "/" + invitation;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | | {} | email",
                "POST | | {\"email\": 1} | email",
                "POST | | {\"email\": \"bob\"} | email",
                "POST | | [] | body",
                "POST | | | body",
                "GET | ?statuses=GONE | | statuses",
                "GET | ?user_id=x | | user_id",
                "GET | ?as_of=yesterday | | as_of",
                "GET | ?as_of=2999-01-01T00:00:00Z | | as_of",
                "GET | ?as_of=2026-01-01T00:00:00Z&user_id=00000000-0000-4000-8000-000000000002 | | as_of",
                "GET | ?limit=x | | limit",
                "GET | /no-id | | id",
                "DELETE | /no-id | | id",
                "POST | /no-id/resend | | id"
            })
    void namesWhatIsWrong(String method, String part, String body, String field) throws Exception {
        call(method, ALL + (part == null ? "" : part), body).andExpect(invalid(field));

        nothingSent();
    }

    @Test
    void knowsNoInvitationOfOtherOrganizations() throws Exception {
        get(ALL + "/" + FOREIGN).andExpect(problem(404, "no-such-invitation"));
        get(ALL + "?user_id=" + FOREIGN).andExpect(problem(404, "not-found"));
        call("POST", ALL + "/" + FOREIGN + "/resend", "[").andExpect(problem(404, "no-such-invitation"));
        nothingSent();
        verify(limiter, never()).counted(any(), any());

        reject(InvitationRejections.NO_SUCH_INVITATION);
        call("DELETE", ALL + "/" + FOREIGN, "[").andExpect(problem(404, "no-such-invitation"));
    }

    @ParameterizedTest
    @CsvSource({"POST, ''", "GET, ''", "DELETE, /" + FOREIGN, "POST, /" + FOREIGN + "/resend"})
    void rejectsCallersWithoutThePermission(String method, String part) throws Exception {
        call(By.NOBODY, method, ALL + part, "[").andExpect(problem(401, "unauthenticated"));
        call(By.SCOPED_TOKEN, method, ALL + part, "[").andExpect(problem(403, "insufficient-scope"));
        call(By.FORMER_MEMBER, method, ALL + part, "[").andExpect(problem(403, "not-a-member"));

        nothingSent();
    }

    @Test
    void showsThePersonsOwnInvitationsToAnInteractiveSessionOnly() throws Exception {
        answer(
                new ListOwnInvitations(USER, List.of(), 20, 0),
                new InvitationPage(List.of(InvitationViews.pending(invitation)), 20, 0, 1));
        String own = ALL + "?user_id=" + USER;

        call(By.USER_TOKEN, "GET", own, null).andExpect(problem(403, "interactive-session-required"));
        get(own).andExpect(status().isOk());
    }

    @Test
    void invites() throws Exception {
        answer(FindInvitation.class, InvitationViews.pending(invitation));

        call("POST", ALL, "{\"email\": \" Bob@Example.com\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.invitation.id").value(invitation.toString()))
                .andExpect(jsonPath("$.invitation.email").value("bob@example.com"))
                .andExpect(jsonPath("$.invitation.status").value("PENDING"))
                .andExpect(jsonPath("$.invitation.organization.name").value("acme"));

        InviteMember command = sent(InviteMember.class);
        assertThat(command.organization()).isEqualTo(ORGANIZATION);
        assertThat(command.email()).isEqualTo("bob@example.com");
        assertThat(command.inviter()).isEqualTo(USER);
        verify(limiter).counted(eq(MailLimits.invitation(ORGANIZATION, "hash of bob@example.com")), any());
    }

    @Test
    void passesOnWhyTheDomainRejects() throws Exception {
        reject(InvitationRejections.seatsExhausted("starter", 3));

        call("POST", ALL, "{\"email\": \"bob@example.com\"}")
                .andExpect(invalid("email"))
                .andExpect(problem(400, "seats-exhausted"));
    }

    @Test
    void listsInvitationsOfNowAndOfThen() throws Exception {
        var page = new InvitationPage(List.of(InvitationViews.pending(invitation)), 20, 0, 1);
        answer(new ListInvitations(ORGANIZATION, List.of("PENDING"), 20, 0), page);
        answer(new ListInvitationsAsOf(ORGANIZATION, List.of(), NOON, 20, 0), page);

        get(ALL + "?statuses=PENDING")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.invitations[0].id").value(invitation.toString()))
                .andExpect(jsonPath("$.count").value(1));
        get(ALL + "?as_of=2026-01-31T12:00:00Z").andExpect(status().isOk());
    }

    @Test
    void showsAnInvitation() throws Exception {
        answer(new FindInvitation(ORGANIZATION, invitation), InvitationViews.pending(invitation));

        get(one).andExpect(status().isOk())
                .andExpect(jsonPath("$.invitation.id").value(invitation.toString()));
    }

    @Test
    void revokes() throws Exception {
        call("DELETE", one, null).andExpect(status().isOk()).andExpect(content().string("{}"));

        assertThat(sent(RevokeInvitation.class)).isEqualTo(new RevokeInvitation(ORGANIZATION, invitation));
    }

    @Test
    void resends() throws Exception {
        answer(new FindInvitation(ORGANIZATION, invitation), InvitationViews.pending(invitation));

        call("POST", one + "/resend", null)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.invitation.id").value(invitation.toString()));

        assertThat(sent(ResendInvitation.class).invitation()).isEqualTo(invitation);
    }
}
