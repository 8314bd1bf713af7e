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
class RefusalsTest extends Served {

    /** R9. */
    @Test
    void namesThePlanTheLimitAndWhatToDoWhenTheSeatsAreTaken() {
        Person founder = client.newcomer().founder("starter");
        founder.invite(Client.unusedEmail());
        founder.invite(Client.unusedEmail());

        Reply refused = invite(founder, Client.unusedEmail()).refused(400);

        assertThat(refused.fields()).containsExactly("email");
        assertThat(refused.message()).contains("starter", "3 seats", "choose a plan with more seats");
    }

    /** A new organization invites at once; only a larger plan asks for billing information. */
    @Test
    void invitesOnTheInitialPlanWithoutBillingInformation() {
        Person ada = client.newcomer();
        String organization = ada.found(Client.unusedName());
        Person founder = ada.in(organization);

        invite(founder, Client.unusedEmail()).ok();

        assertThat(founder.client().get("/v1/account/organization").ok().text("organization.plan"))
                .isEqualTo("starter");
        assertThat(choose(founder, organization, "startup").refused(400).message())
                .contains("startup", "give billing information first", "Missing: billing_name");
    }

    /** The plan hobby has one seat, the creator's. */
    @Test
    void hasNoSeatForAnybodyElseOnThePlanOfOneSeat() {
        Person founder = client.newcomer().founder("hobby");

        Reply refused = invite(founder, Client.unusedEmail()).refused(400);

        assertThat(refused.message()).contains("hobby", "1 seat");
    }

    /** R4. */
    @Test
    void refusesATakenNameOnItsField() {
        Person ada = client.newcomer();
        String name = Client.unusedName();
        String organization = ada.found(name);
        String other = ada.found(Client.unusedName());
        Person inOther = ada.in(other);

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

    /** R4. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "-a", "a-", "a--b", "Acme", "a b", "ä", "a_b", "0123456789012345678901234567890123456789"})
    void refusesANameThatIsNone(String name) {
        Person ada = client.newcomer();

        Reply refused =
                ada.client().post("/v1/organizations", Map.of("name", name)).refused(400);

        assertThat(refused.fields()).containsExactly("name");
        assertThat(refused.text("code")).isEqualTo("invalid_argument");
    }

    /** R11. */
    @Test
    void refusesToInviteTwice() {
        Person founder = client.newcomer().founder("pro");
        String address = Client.unusedEmail();
        founder.invite(address);

        Reply twice = invite(founder, "  " + address.toUpperCase() + " ").refused(400);
        Reply member = invite(founder, founder.email()).refused(400);

        assertThat(twice.fields()).containsExactly("email");
        assertThat(twice.message()).contains("pending invitation", "Resend");
        assertThat(member.fields()).containsExactly("email");
        assertThat(member.message()).contains("member");
    }

    /** R16. */
    @Test
    void keepsTheLastMember() {
        Person founder = client.newcomer().founder("starter");

        Reply refused = founder.remove(founder.membership()).refused(400);

        assertThat(refused.message()).contains("last member", "delete the organization and its resources");
    }

    /** R15. */
    @Test
    void letsAnyMemberRemoveEvenTheFounder() {
        Person founder = client.newcomer().founder("starter");
        Person guest = founder.welcome(client.newcomer());

        guest.remove(founder.membership()).ok();

        assertThat(guest.client().get("/v1/organization_members").ok().texts("members", "user_id"))
                .containsExactly(guest.id());
        founder.client().get("/v1/organization_members").refused(403);
    }

    /** R10. */
    @Test
    void refusesToLowerThePlanBelowTheSeatsInUseWithTheNumbers() {
        Person founder = client.newcomer().founder("startup");
        String organization = founder.organization();
        founder.welcome(client.newcomer());
        founder.invite(Client.unusedEmail());
        founder.invite(Client.unusedEmail());

        Reply refused = choose(founder, organization, "starter").refused(400);

        assertThat(refused.fields()).containsExactly("plan");
        assertThat(refused.message())
                .contains("starter", "3", "4 are in use", "2 by members", "2 by pending", "Free 1");
        assertThat(founder.client().get("/v1/account/organization").ok().text("organization.plan"))
                .isEqualTo("startup");
    }

    /** R8. */
    @Test
    void wantsBillingInformationBeforeAPlanWithAPrice() {
        Person founder = client.newcomer().founder("hobby");
        String organization = founder.organization();

        Reply missing = choose(founder, organization, "starter").refused(400);
        Reply unknown = choose(founder, organization, "platinum").refused(400);
        founder.pay(organization);
        choose(founder, organization, "starter").ok();
        Reply emptied = founder.client()
                .patch("/v1/organizations/" + organization + "?update_mask=city", Map.of("city", ""))
                .refused(400);

        assertThat(missing.message()).contains("starter", "billing_name");
        assertThat(unknown.fields()).containsExactly("plan");
        assertThat(emptied.message()).contains("city");
    }

    /** R6. */
    @Test
    void endsAtFiveOrganizationsUntilAnOperatorRaisesTheLimit() {
        Person ada = client.newcomer();
        for (int i = 0; i < 5; i++) {
            ada.found(Client.unusedName());
        }
        Person other = client.newcomer().founder("starter");
        String invitation = other.invite(ada.email());

        assertThat(ada.client()
                        .post("/v1/organizations", Map.of("name", Client.unusedName()))
                        .refused(400)
                        .message())
                .contains("5", SUPPORT_CONTACT);
        assertThat(ada.accept(invitation).refused(400).message()).contains("5", SUPPORT_CONTACT);
        operator.post("/operator/v1/accounts/" + ada.id() + "/membership_limit", Map.of("limit", 6))
                .ok();
        ada.accept(invitation).ok();
        ada.client()
                .post("/v1/organizations", Map.of("name", Client.unusedName()))
                .refused(400);
    }

    /** R13. */
    @Test
    void acceptsNothingThatWasAnsweredOrTakenBack() {
        Person founder = client.newcomer().founder("pro");
        Person guest = client.newcomer();

        String declined = founder.invite(guest.email());
        assertThat(guest.client()
                        .post("/v1/account/organization_invitations/" + declined + "/decline")
                        .ok()
                        .text("invitation.status"))
                .isEqualTo("REFUSED");
        guest.accept(declined).refused(400);
        String revoked = founder.invite(guest.email());
        founder.client().delete("/v1/organization_invitations/" + revoked).ok();
        guest.accept(revoked).refused(404);
        String stranger = founder.invite(Client.unusedEmail());
        guest.accept(stranger).refused(404);
        guest.accept(UUID.randomUUID().toString()).refused(404);

        assertThat(founder.client().get("/v1/organization_invitations").ok().texts("invitations", "status"))
                .containsExactlyInAnyOrder("REFUSED", "PENDING");
    }

    /** R18. */
    @Test
    void showsATokenOnceAndOnlyItsMakerOrganizationItsUse() {
        Person founder = client.newcomer().founder("starter");
        Person.Token token = founder.token("ORGANIZATION");

        assertThat(token.value()).hasSize(64);
        assertThat(client.as(token.value()).get("/v1/account/organization").ok().text("organization.id"))
                .isEqualTo(founder.organization());
        client.as(token.value()).get("/v1/account/profile").refused(403);
        List<String> shownLater = new ArrayList<>();
        shownLater.add(founder.client().get("/v1/credentials").ok().body());
        shownLater.add(
                founder.client().get("/v1/credentials/" + token.id()).ok().body());
        shownLater.add(founder.client().get("/v1/activities").ok().body());
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

    private static Reply invite(Person member, String address) {
        return member.client().post("/v1/organization_invitations", Map.of("email", address));
    }

    private static Reply rename(Person member, String organization, String name) {
        return member.client().put("/v1/organizations/" + organization + "/name", Map.of("name", name));
    }

    private static Reply choose(Person member, String organization, String plan) {
        return member.client().post("/v1/organizations/" + organization + "/plan", Map.of("plan", plan));
    }
}
