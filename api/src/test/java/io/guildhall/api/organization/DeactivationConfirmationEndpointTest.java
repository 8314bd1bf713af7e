package io.guildhall.api.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.domain.organization.OrganizationCommand.CancelDeactivation;
import io.guildhall.domain.organization.OrganizationCommand.ConfirmDeactivation;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.query.emaillink.EmailLinkView;
import io.guildhall.query.emaillink.FindEmailLink;
import io.guildhall.query.membership.FindMember;
import io.guildhall.query.membership.MemberView;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeactivationConfirmationEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/organization_confirmations/";

    private final UUID link = UUID.randomUUID();
    private final UUID membership = UUID.randomUUID();

    private String followed(String status) {
        answer(new FindEmailLink(link), new EmailLinkView("DEACTIVATE", ORGANIZATION));
        answer(
                new FindMember(ORGANIZATION, membership),
                new MemberView(
                        membership.toString(),
                        OWN,
                        USER.toString(),
                        "",
                        NOON,
                        "OWNER",
                        status,
                        publicUser(),
                        publicOrganization()));
        return ALL + links.urlId(SignedLinkCodec.DEACTIVATE, link, membership);
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "DELETE"})
    void rejectsWhatIsNoLink(String method) throws Exception {
        call(By.NOBODY, method, ALL + "x", "[")
                .andExpect(invalid("id"))
                .andExpect(problem(400, "deactivation-link-no-longer-valid"));

        nothingSent();
    }

    @ParameterizedTest
    @CsvSource({"GET", "POST", "DELETE"})
    void rejectsTheLinkOfAFormerMember(String method) throws Exception {
        call(By.NOBODY, method, followed("DELETED"), null).andExpect(problem(400, "deactivation-link-no-longer-valid"));

        nothingSent();
    }

    @Test
    void showsWhatTheLinkConfirms() throws Exception {
        call(By.NOBODY, "GET", followed("ACTIVE"), null)
                .andExpect(status().isOk())
                .andExpect(content().string("{\"organization_confirmation\":{\"organization_name\":\"acme\"}}"));
    }

    @Test
    void confirms() throws Exception {
        call(By.NOBODY, "POST", followed("ACTIVE"), null).andExpect(content().string("{}"));

        assertThat(sent(ConfirmDeactivation.class)).isEqualTo(new ConfirmDeactivation(ORGANIZATION, link));
        verify(jobs).runNow(OrganizationLifecycleSaga.JOB);
    }

    @Test
    void cancels() throws Exception {
        call(By.NOBODY, "DELETE", followed("ACTIVE"), null).andExpect(content().string("{}"));

        assertThat(sent(CancelDeactivation.class)).isEqualTo(new CancelDeactivation(ORGANIZATION, link));
    }
}
