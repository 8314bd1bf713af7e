package io.guildhall.api.invitation;

import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.query.invitation.FindInvitationByLink;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvitationLinkEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/invitation_links/";

    private final UUID link = UUID.randomUUID();

    private String mailed() {
        return ALL + links.urlId(SignedLinkCodec.INVITATION, link);
    }

    @Test
    void knowsOnlyTheLatestMailedLink() throws Exception {
        call(By.NOBODY, "GET", ALL + "x", "[").andExpect(problem(404, "no-such-invitation"));
        call(By.NOBODY, "GET", ALL + FOREIGN, "[").andExpect(problem(404, "no-such-invitation"));
        call(By.NOBODY, "GET", mailed(), "[").andExpect(problem(404, "invitation-link-replaced"));
    }

    @ParameterizedTest
    @CsvSource({
        "REVOKED, 404, invitation-revoked",
        "ACCEPTED, 400, invitation-no-longer-pending",
        "REFUSED, 400, invitation-no-longer-pending",
        "EXPIRED, 400, invitation-expired"
    })
    void saysWhyTheInvitationIsNotOpen(String state, int status, String type) throws Exception {
        answer(new FindInvitationByLink(link), InvitationViews.linked(UUID.randomUUID(), state));

        call(By.NOBODY, "GET", mailed(), null).andExpect(problem(status, type));
    }

    @ParameterizedTest
    @CsvSource({"NOBODY", "SCOPED_TOKEN", "FORMER_MEMBER"})
    void showsTheNamesAndNothingElseToEverybody(By caller) throws Exception {
        answer(new FindInvitationByLink(link), InvitationViews.linked(UUID.randomUUID(), "PENDING"));

        call(caller, "GET", mailed(), null)
                .andExpect(status().isOk())
                .andExpect(content()
                        .string("{\"invitation_link\":{\"organization_name\":\"acme\",\"inviter_name\":\"Ada\"}}"));
    }
}
