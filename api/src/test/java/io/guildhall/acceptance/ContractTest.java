package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route that the published contract has as well is called for real, and every reply is as it says. */
class ContractTest extends AcceptanceTestBase {

    /**
     * Definitions, and properties of others, that are in no reply of ours: they tell of resources, trials and a billing that do
     * not exist here.
     */
    private static final List<String> NEVER_SENT = List.of(
            "DomainLoadBalancerQuotas",
            "InstanceSnapshotQuotas",
            "LifecycleQuotas",
            "ScaleToZeroQuotas",
            "Organization.qualifies_for_hobby23",
            "Organization.reprocess_after",
            "Organization.trial_ends_at",
            "Organization.trial_starts_at",
            "Quotas.access_reserved_subdomains",
            "Quotas.archive_max_size_mb",
            "Quotas.archives",
            "Quotas.domains_load_balancer",
            "Quotas.instance_snapshots",
            "Quotas.lifecycle",
            "Quotas.proxy_ports",
            "Quotas.scale_to_zero");

    private final ContractValidator.Witness witness = new ContractValidator.Witness();
    private final Client watched = client.watchedBy(witness.andThen(ApiDescriptionValidator.witness(client.base())));
    private final List<Route> published;

    ContractTest(@Autowired @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        published = Route.all(mapping).stream()
                .filter(route -> ContractValidator.PUBLISHED.operations().stream()
                        .anyMatch(operation -> operation.isLike(route.operation())))
                .toList();
    }

    @Test
    void holdsForEveryPublishedRoute() {
        succeed();
        fail();

        for (Route route : published) {
            ContractValidator.Operation operation = ContractValidator.PUBLISHED.operations().stream()
                    .filter(it -> it.isLike(route.operation()))
                    .findFirst()
                    .orElseThrow();
            assertThat(witness.sawSuccess(operation))
                    .as("%s is called with success: add it to succeed()", operation)
                    .isTrue();
            assertThat(witness.sawRefusal(operation))
                    .as("%s is refused once", operation)
                    .isTrue();
        }
        assertThat(published).hasSizeGreaterThan(45);
        assertThat(witness.neverSeen()).allMatch(property -> NEVER_SENT.stream().anyMatch(it -> isOf(property, it)));
        assertThat(NEVER_SENT).allMatch(it -> witness.neverSeen().stream().anyMatch(property -> isOf(property, it)));
    }

    private static boolean isOf(String property, String definition) {
        return property.equals(definition) || property.startsWith(definition + ".");
    }

    private void succeed() {
        TestUser ada = watched.signUp(Client.unusedEmail());
        watched.mailbox().link(ada.email(), Mailbox.VALIDATION);
        ada.client().post("/v1/account/resend_validation", Map.of()).ok();
        ada.client()
                .post("/v1/account/validate/"
                        + watched.mailbox()
                                .link(ada.email(), Mailbox.VALIDATION, 2)
                                .id())
                .ok();
        user(ada);
        TestUser creator = ada.signedInAgain().creator("pro");
        String organization = creator.organization();
        organization(creator, organization);
        invitations(creator);
        tokens(creator, organization);
        trail(creator, organization);
        end(creator, organization);
    }

    private void user(TestUser ada) {
        Client client = ada.client();
        watched.get("/v1/account/login_method?email=" + ada.email()).ok();
        watched.signIn(ada.email(), ada.password()).ok();
        client.post("/v1/account/session").ok();
        ada.signedInAgain().client().delete("/v1/account/logout").ok();
        client.as(client.post("/v1/account/session").ok().text("token.id"))
                .send("PUT", "/v1/account/refresh", null)
                .ok();
        client.get("/v1/account/profile").ok();
        for (String version : List.of("v1", "v2")) {
            for (String method : List.of("PUT", "PATCH")) {
                client.send(
                                method,
                                "/" + version + "/account/profile?update_mask=name,newsletter_subscribed",
                                Map.of("name", "Ada " + version + method, "newsletter_subscribed", true))
                        .ok();
            }
        }
        client.get("/v1/account/settings").ok();
        client.patch("/v1/account/settings", Map.of("failed_deployment_email_notification", false))
                .ok();
        client.get("/v1/account/activities").ok();
        watched.post("/v1/account/reset_password", Map.of("email", ada.email())).ok();
        watched.post(
                        "/v1/account/update_password",
                        Map.of(
                                "id",
                                watched.mailbox()
                                        .link(ada.email(), Mailbox.RESET)
                                        .id(),
                                "password",
                                Client.PASSWORD))
                .ok();
        for (String version : List.of("v1", "v2")) {
            TestUser leaver = watched.signUp(Client.unusedEmail());
            leaver.client().delete("/" + version + "/users/" + leaver.id()).ok();
        }
    }

    private void organization(TestUser creator, String organization) {
        Client client = creator.client();
        String path = "/v1/organizations/" + organization;
        client.get(path).ok();
        client.put(path + "?update_mask=city", Map.of("city", "Lyon")).ok();
        client.put(path + "/name", Map.of("name", Client.unusedName())).ok();
        client.post(path + "/signup_qualification", Map.of("signup_qualification", Map.of("why", "to see")))
                .ok();
        client.get(path + "/quotas").ok();
        client.get(path + "/summary").ok();
        client.get(path + "/budget").ok();
        client.get("/v1/billing/next_invoice").ok();
        for (String resource :
                List.of("apps", "services", "deployments", "instances", "domains", "secrets", "notifications")) {
            client.get("/v1/" + resource).ok();
        }
        client.post(path + "/access_token", Map.of()).ok();
        client.get("/v1/account/organization").ok();
        client.get("/v1/account/organizations").ok();
        client.as(client.post(path + "/switch").ok().text("token.id"))
                .post("/v1/unscope_organization_token")
                .ok();
    }

    private void invitations(TestUser creator) {
        Client client = creator.client();
        TestUser guest = watched.newcomer();
        String invitation = creator.invite(guest.email());
        client.get("/v1/organization_invitations").ok();
        client.get("/v1/organization_invitations/" + invitation).ok();
        client.post("/v1/organization_invitations/" + invitation + "/resend").ok();
        guest.client().get("/v1/account/organization_invitations").ok();
        guest.client().get("/v1/account/organization_invitations/" + invitation).ok();
        guest.client()
                .post("/v1/account/organization_invitations/" + invitation + "/decline")
                .ok();
        guest.accept(creator.invite(guest.email())).ok();
        client.get("/v1/organization_invitations").ok();
        client.delete("/v1/organization_invitations/" + creator.invite(Client.unusedEmail()))
                .ok();
        client.get("/v1/organization_members").ok();
        creator.remove(guest.in(creator.organization()).membership()).ok();
    }

    private void tokens(TestUser creator, String organization) {
        Client client = creator.client();
        Reply made = client.post(
                        "/v1/credentials",
                        Map.of(
                                "name", "deploy",
                                "description", "for the pipeline",
                                "type", "USER",
                                "organization_id", organization,
                                "expires_at", "2099-01-01T00:00:00Z"))
                .ok();
        String path = "/v1/credentials/" + made.text("credential.id");
        client.get("/v1/credentials").ok();
        client.get(path).ok();
        client.put(path + "?update_mask=name", Map.of("name", "deployment")).ok();
        client.patch(path + "?update_mask=description", Map.of("description", ""))
                .ok();
        watched.as(made.text("credential.token"))
                .put("/v1/organizations/" + organization + "/name", Map.of("name", Client.unusedName()))
                .ok();
        client.delete(path).ok();
    }

    private void trail(TestUser creator, String organization) {
        for (int offset = 0; offset < 20; offset += 5) {
            creator.client().get("/v1/activities?limit=5&offset=" + offset).ok();
        }
    }

    private void end(TestUser creator, String organization) {
        Client client = creator.client();
        String path = "/v1/organizations/" + organization;
        client.post(path + "/deactivate", Map.of("skip_confirmation", false)).ok();
        client.post("/v1/organization_confirmations/"
                        + watched.mailbox()
                                .link(creator.email(), Mailbox.DEACTIVATION)
                                .id())
                .ok();
        OrganizationLifecycleTest.await(creator, organization, "DEACTIVATED");
        client.post(path + "/reactivate").ok();
        client.post(path + "/deactivate", Map.of("skip_confirmation", true)).ok();
        OrganizationLifecycleTest.await(creator, organization, "DEACTIVATED");
        client.delete(path).ok();
    }

    /** Of every route 400, 401, 403 and 404, as far as it has them: the witness looks at each. */
    private void fail() {
        TenantFixture tenantFixture = TenantFixture.of(watched.newcomer());
        TestUser removed = tenantFixture.creator().welcome(watched.newcomer());
        tenantFixture.creator().remove(removed.membership()).ok();
        for (Route route : published) {
            Client member = watched.as(tenantFixture.creator().session());
            if (!route.isPublic()) {
                call(watched.as(null), route, UUID.randomUUID().toString()).refused(401);
            }
            if (route.isOfOneOrganization() && !route.hasId()) {
                call(removed.client(), route, UUID.randomUUID().toString()).refused(403);
            }
            if (route.hasId()) {
                call(member, route, "no-id");
                call(member, route, UUID.randomUUID().toString());
            }
            if (route.takesBody()) {
                member.send(route.method(), path(route, tenantFixture), "{").refused(400);
            }
            if (route.isPublic() && route.method().equals("GET")) {
                watched.get(path(route, tenantFixture) + "?email=%00").refused(400);
            }
        }
    }

    private static Reply call(Client caller, Route route, String id) {
        return caller.send(
                route.method(),
                route.hasId() ? route.with(id) : route.path(),
                route.takesBody() ? SampleRequests.body(route) : null);
    }

    private static String path(Route route, TenantFixture tenantFixture) {
        return route.hasId() ? route.with(tenantFixture.id(SampleRequests.kind(route))) : route.path();
    }
}
