package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What organizations refuse, and whether the refusal says what to do. */
class OrganizationRejectionsTest extends AcceptanceTestBase {

    /** Members plus pending invitations never exceed the plan's seats (R9). */
    @Test
    void namesThePlanTheLimitAndWhatToDoWhenTheSeatsAreTaken() {
        TestUser creator = client.newcomer().creator("starter");
        creator.invite(Client.unusedEmail());
        creator.invite(Client.unusedEmail());

        Reply refused = invite(creator, Client.unusedEmail()).refused(400);

        assertThat(refused.fields()).containsExactly("email");
        assertThat(refused.message()).contains("starter", "3 seats", "choose a plan with more seats");
    }

    /** A new organization invites at once; only a larger plan asks for billing information. */
    @Test
    void invitesOnTheInitialPlanWithoutBillingInformation() {
        TestUser ada = client.newcomer();
        String organization = ada.found(Client.unusedName());
        TestUser creator = ada.in(organization);

        invite(creator, Client.unusedEmail()).ok();

        assertThat(creator.client().get("/v1/account/organization").ok().text("organization.plan"))
                .isEqualTo("starter");
        assertThat(choose(creator, organization, "startup").refused(400).message())
                .contains("startup", "give billing information first", "Missing: billing_name");
    }

    /** The plan hobby has one seat, the creator's. */
    @Test
    void hasNoSeatForAnybodyElseOnThePlanOfOneSeat() {
        TestUser creator = client.newcomer().creator("hobby");

        Reply refused = invite(creator, Client.unusedEmail()).refused(400);

        assertThat(refused.message()).contains("hobby", "1 seat");
    }

    /** An organization's name is unique (R4). */
    @Test
    void refusesATakenNameOnItsField() {
        TestUser ada = client.newcomer();
        String name = Client.unusedName();
        String organization = ada.found(name);
        String other = ada.found(Client.unusedName());
        TestUser inOther = ada.in(other);

        assertThat(ada.client()
                        .post("/v1/organizations", Map.of("name", name))
                        .refused(400)
                        .fields())
                .containsExactly("name");
        assertThat(rename(inOther, other, name).refused(400).fields()).containsExactly("name");

        String renamed = Client.unusedName();
        rename(ada.in(organization), organization, renamed).ok();
        assertThat(rename(inOther, other, name).ok().text("organization.name"))
                .as("a renamed organization's old name is free again")
                .isEqualTo(name);
        assertThat(rename(inOther, other, renamed).refused(400).fields()).containsExactly("name");
    }

    /** An organization's name is unique (R4). */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "-a", "a-", "a--b", "Acme", "a b", "ä", "a_b", "0123456789012345678901234567890123456789"})
    void refusesANameThatIsNone(String name) {
        TestUser ada = client.newcomer();

        Reply refused =
                ada.client().post("/v1/organizations", Map.of("name", name)).refused(400);

        assertThat(refused.fields()).containsExactly("name");
        assertThat(refused.text("code")).isEqualTo("invalid_argument");
    }

    /** An address has at most one pending invitation of an organization, and it expires (R11). */
    @Test
    void refusesToInviteTwice() {
        TestUser creator = client.newcomer().creator("pro");
        String address = Client.unusedEmail();
        creator.invite(address);

        Reply twice = invite(creator, "  " + address.toUpperCase() + " ").refused(400);
        Reply member = invite(creator, creator.email()).refused(400);

        assertThat(twice.fields()).containsExactly("email");
        assertThat(twice.message()).contains("pending invitation", "Resend");
        assertThat(member.fields()).containsExactly("email");
        assertThat(member.message()).contains("member");
    }

    /** The last member can neither leave nor be removed (R16). */
    @Test
    void keepsTheLastMember() {
        TestUser creator = client.newcomer().creator("starter");

        Reply refused = creator.remove(creator.membership()).refused(400);

        assertThat(refused.message()).contains("last member", "delete the organization and its resources");
    }

    /** Any member may remove any member, or leave (R15). */
    @Test
    void letsAnyMemberRemoveEvenTheFounder() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = creator.welcome(client.newcomer());

        guest.remove(creator.membership()).ok();

        assertThat(guest.client().get("/v1/organization_members").ok().texts("members", "user_id"))
                .containsExactly(guest.id());
        creator.client().get("/v1/organization_members").refused(403);
    }

    /** A plan with fewer seats than are in use is refused (R10). */
    @Test
    void refusesToLowerThePlanBelowTheSeatsInUseWithTheNumbers() {
        TestUser creator = client.newcomer().creator("startup");
        String organization = creator.organization();
        creator.welcome(client.newcomer());
        creator.invite(Client.unusedEmail());
        creator.invite(Client.unusedEmail());

        Reply refused = choose(creator, organization, "starter").refused(400);

        assertThat(refused.fields()).containsExactly("plan");
        assertThat(refused.message())
                .contains("starter", "3", "4 are in use", "2 by members", "2 by pending", "Free 1");
        assertThat(creator.client().get("/v1/account/organization").ok().text("organization.plan"))
                .isEqualTo("startup");
    }

    /** A plan with a price needs billing information (R8). */
    @Test
    void wantsBillingInformationBeforeAPlanWithAPrice() {
        TestUser creator = client.newcomer().creator("hobby");
        String organization = creator.organization();

        Reply missing = choose(creator, organization, "starter").refused(400);
        Reply unknown = choose(creator, organization, "platinum").refused(400);
        creator.pay(organization);
        choose(creator, organization, "starter").ok();
        Reply emptied = creator.client()
                .patch("/v1/organizations/" + organization + "?update_mask=city", Map.of("city", ""))
                .refused(400);

        assertThat(missing.message()).contains("starter", "billing_name");
        assertThat(unknown.fields()).containsExactly("plan");
        assertThat(emptied.message()).contains("city");
    }

    /** A user is a member of at most five organizations (R6). */
    @Test
    void endsAtFiveOrganizationsUntilAnOperatorRaisesTheLimit() {
        TestUser ada = client.newcomer();
        for (int i = 0; i < 5; i++) {
            ada.found(Client.unusedName());
        }
        TestUser other = client.newcomer().creator("starter");
        String invitation = other.invite(ada.email());

        assertThat(ada.client()
                        .post("/v1/organizations", Map.of("name", Client.unusedName()))
                        .refused(400)
                        .message())
                .contains("5", SUPPORT_CONTACT);
        assertThat(ada.accept(invitation).refused(400).message()).contains("5", SUPPORT_CONTACT);
        operator.post("/operator/v1/users/" + ada.id() + "/membership_limit", Map.of("limit", 6))
                .ok();
        ada.accept(invitation).ok();
        ada.client()
                .post("/v1/organizations", Map.of("name", Client.unusedName()))
                .refused(400);
    }

    /** Accepting needs the invited address, and declining frees the seat (R13). */
    @Test
    void acceptsNothingThatWasAnsweredOrTakenBack() {
        TestUser creator = client.newcomer().creator("pro");
        TestUser guest = client.newcomer();

        String declined = creator.invite(guest.email());
        assertThat(guest.client()
                        .post("/v1/account/organization_invitations/" + declined + "/decline")
                        .ok()
                        .text("invitation.status"))
                .isEqualTo("REFUSED");
        guest.accept(declined).refused(400);
        String revoked = creator.invite(guest.email());
        creator.client().delete("/v1/organization_invitations/" + revoked).ok();
        guest.accept(revoked).refused(404);
        String stranger = creator.invite(Client.unusedEmail());
        guest.accept(stranger).refused(404);
        guest.accept(UUID.randomUUID().toString()).refused(404);

        assertThat(creator.client().get("/v1/organization_invitations").ok().texts("invitations", "status"))
                .containsExactlyInAnyOrder("REFUSED", "PENDING");
    }

    /** The value of an API token is shown once, and only its hash is stored (R18). */
    @Test
    void showsATokenOnceAndOnlyItsMakerOrganizationItsUse() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser.Token token = creator.token("ORGANIZATION");

        assertThat(token.value()).hasSize(64);
        assertThat(client.as(token.value()).get("/v1/account/organization").ok().text("organization.id"))
                .isEqualTo(creator.organization());
        client.as(token.value()).get("/v1/account/profile").refused(403);
        List<String> shownLater = new ArrayList<>();
        shownLater.add(creator.client().get("/v1/credentials").ok().body());
        shownLater.add(
                creator.client().get("/v1/credentials/" + token.id()).ok().body());
        shownLater.add(creator.client().get("/v1/activities").ok().body());
        assertThat(shownLater).noneMatch(body -> body.contains(token.value()));
        assertThat(forged(token.value()))
                .allSatisfy(forged -> client.as(forged).get("/v1/activities").refused(401));
    }

    private static List<String> forged(String token) {
        char other = token.charAt(30) == 'a' ? 'b' : 'a';
        return List.of(
                token.substring(0, 30) + other + token.substring(31),
                token.substring(0, 63),
                token + "a",
                token.toUpperCase());
    }

    private static Reply invite(TestUser member, String address) {
        return member.client().post("/v1/organization_invitations", Map.of("email", address));
    }

    private static Reply rename(TestUser member, String organization, String name) {
        return member.client().put("/v1/organizations/" + organization + "/name", Map.of("name", name));
    }

    private static Reply choose(TestUser member, String organization, String plan) {
        return member.client().post("/v1/organizations/" + organization + "/plan", Map.of("plan", plan));
    }
}
