package io.guildhall.journey;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.guildhall.client.ApiClient;
import io.guildhall.client.ApiException;
import io.guildhall.client.api.ActivityApi;
import io.guildhall.client.api.CredentialsApi;
import io.guildhall.client.api.OrganizationApi;
import io.guildhall.client.api.OrganizationInvitationsApi;
import io.guildhall.client.api.OrganizationMembersApi;
import io.guildhall.client.api.ProfileApi;
import io.guildhall.client.model.Activity;
import io.guildhall.client.model.CreateCredentialRequest;
import io.guildhall.client.model.CreateOrganizationInvitationRequest;
import io.guildhall.client.model.CreateOrganizationRequest;
import io.guildhall.client.model.CredentialWithToken;
import io.guildhall.client.model.LoginReply;
import io.guildhall.client.model.Organization;
import io.guildhall.client.model.OrganizationInvitation;
import io.guildhall.client.model.OrganizationMember;
import io.guildhall.client.model.SignupRequest;
import io.guildhall.client.model.UpdateOrganizationPlanRequest;
import io.guildhall.client.model.UpdateOrganizationRequest;
import java.util.List;
import java.util.UUID;
import java.util.function.BinaryOperator;

/**
 * From sign-up to removal with the generated client. Compiled with the client by {@code GeneratedClientTest}, which calls
 * {@link #run}.
 */
public final class ClientJourney {

    private static final String PASSWORD = "correct horse battery";

    private final String base;
    private final BinaryOperator<String> linkTo;

    private ClientJourney(String base, BinaryOperator<String> linkTo) {
        this.base = base;
        this.linkTo = linkTo;
    }

    /** @param linkTo from an address and what the link's path begins with to the id of the mailed link */
    public static void run(String base, BinaryOperator<String> linkTo) throws ApiException {
        new ClientJourney(base, linkTo).run();
    }

    private void run() throws ApiException {
        String ada = signUp("ada@example.com", "Ada");
        String charles = signUp("charles@example.com", "Charles");

        Organization organization = new OrganizationApi(client(ada))
                .createOrganization(new CreateOrganizationRequest().name("analytical-engines"), null)
                .getOrganization();
        require(organization.getStatus() == Organization.StatusEnum.ACTIVE, organization);
        String creator = switchTo(ada, organization.getId());
        new OrganizationApi(client(creator))
                .updateOrganization(
                        organization.getId(),
                        new UpdateOrganizationRequest()
                                .billingName("Analytical Engines Ltd")
                                .billingEmail("billing@example.com")
                                .address1("12 St James's Square")
                                .city("London")
                                .postalCode("SW1Y 4JH")
                                .country("GB"),
                        null);
        new OrganizationApi(client(creator))
                .updateOrganizationPlan(
                        organization.getId(), new UpdateOrganizationPlanRequest().plan("pro"), "key-1");

        OrganizationInvitation invitation = new OrganizationInvitationsApi(client(creator))
                .createOrganizationInvitation(
                        new CreateOrganizationInvitationRequest().email("charles@example.com"), "key-2")
                .getInvitation();
        require(invitation.getStatus() == OrganizationInvitation.StatusEnum.PENDING, invitation);
        OrganizationInvitation accepted = new ProfileApi(client(charles))
                .acceptOrganizationInvitation(linkTo.apply("charles@example.com", "/account/organization_invitations/"), null)
                .getInvitation();
        require(accepted.getStatus() == OrganizationInvitation.StatusEnum.ACCEPTED, accepted);

        CredentialWithToken token = new CredentialsApi(client(switchTo(charles, organization.getId())))
                .createCredential(
                        new CreateCredentialRequest()
                                .name("deploy")
                                .type(CreateCredentialRequest.TypeEnum.USER),
                        null)
                .getCredential();
        List<OrganizationMember> members = members(token.getToken());
        require(members.size() == 2, members);

        UUID membership = members.stream()
                .filter(member -> member.getUser().getEmail().equals("charles@example.com"))
                .findFirst()
                .orElseThrow()
                .getId();
        OrganizationMember removed = new OrganizationMembersApi(client(creator))
                .removeOrganizationMember(membership)
                .getMember();
        require(removed.getStatus() == OrganizationMember.StatusEnum.DELETED, removed);
        try {
            members(token.getToken());
            throw new AssertionError("The token of a removed member works");
        } catch (ApiException refused) {
            require(refused.getCode() == 403, refused.getResponseBody());
            require(refused.getResponseBody().contains("/problems/not-a-member"), refused.getResponseBody());
        }
        List<Activity> activities = new ActivityApi(client(creator))
                .listActivities(null, null, null, null, null, null, null, null, null, "asc", null, null, null, null)
                .getActivities();
        require(activities.getFirst().getSequence() == 1, activities);
    }

    private String signUp(String email, String name) throws ApiException {
        ProfileApi profile = new ProfileApi(client(null));
        LoginReply signedUp = profile.signup(new SignupRequest().email(email).password(PASSWORD).name(name), null);
        require(signedUp.getToken().getOrganizationId().isEmpty(), signedUp);
        ProfileApi own = new ProfileApi(client(signedUp.getToken().getId()));
        String validated = own.validate(linkTo.apply(email, "/account/validate/"), null).getToken().getId();
        require(new ProfileApi(client(validated)).getCurrentUser(null).getUser().getEmailValidated(), email);
        return validated;
    }

    private String switchTo(String session, UUID organization) throws ApiException {
        return new OrganizationApi(client(session))
                .switchOrganization(organization, null)
                .getToken()
                .getId();
    }

    private List<OrganizationMember> members(String token) throws ApiException {
        return new OrganizationMembersApi(client(token))
                .listOrganizationMembers(null, null, null, null, 20L, 0L, null)
                .getMembers();
    }

    /** Refuses properties that are not described. */
    private ApiClient client(String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(base);
        ObjectMapper mapper = client.getObjectMapper();
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_INVALID_SUBTYPE);
        client.setObjectMapper(mapper);
        if (token != null) {
            client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        }
        return client;
    }

    private static void require(boolean holds, Object what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
