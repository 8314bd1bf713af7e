package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What whoever runs the service may do, and what it leaves behind. */
class OperatorTest extends AcceptanceTestBase {

    /** Personal data is never in an event in clear text, and an erasure destroys its key (R20). */
    @Test
    void erasesAPersonFromEverythingThatIsShown() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = creator.welcome(client.newcomer());
        TestUser.Token token = guest.token("USER");
        TestUser.Token organizationToken = guest.token("ORGANIZATION");
        String guestMembership = guest.membership();
        int before = TrailActivity.trail(creator.client()).size();

        operator.post("/operator/v1/users/" + guest.id() + "/erase").ok();

        guest.client().get("/v1/account/profile").refused(401);
        assertThat(client.signIn(guest.email(), guest.password()).status()).isEqualTo(401);
        for (TestUser.Token dead : List.of(token, organizationToken)) {
            assertThat(client.as(dead.value()).get("/v1/activities").status()).isIn(401, 403);
        }
        Reply members = creator.client().get("/v1/organization_members").ok();
        assertThat(members.texts("members", "user.name")).containsExactly(creator.name());
        Reply trail = creator.client().get("/v1/activities?limit=100").ok();
        for (Reply shown : List.of(
                members,
                trail,
                creator.client().get("/v1/organization_invitations").ok(),
                creator.client().get("/v1/credentials").ok())) {
            assertThat(shown.body()).doesNotContain(guest.email()).doesNotContain(guest.name());
        }
        assertThat(trail.texts("activities", "actor.name")).contains("Erased person", creator.name());
        assertThat(TrailActivity.trail(creator.client()))
                .hasSizeGreaterThan(before)
                .contains(TrailActivity.of("operator", "revoked", "organization_member", guestMembership));

        // No mail file names the person any more, nor tells somebody else of something that the person did.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> mailFiles().stream()
                        .noneMatch(mail -> mail.contains(guest.email()) || mail.contains(guest.name())));

        // The address is free again, and belongs to somebody else now.
        TestUser namesake = client.signUp(guest.email());
        assertThat(namesake.id()).isNotEqualTo(guest.id());
        operator.post("/operator/v1/users/" + guest.id() + "/erase").ok();
        assertThat(client.mailbox().to(guest.email()).stream()
                        .filter(mail -> mail.subject().contains("removed")))
                .isEmpty();
        DatabaseInvariants.hold(DATABASE.dataSource());
    }

    private static List<String> mailFiles() throws IOException {
        List<String> texts = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(HOME.resolve("mail"), "*.eml")) {
            for (Path file : files) {
                texts.add(Files.readString(file));
            }
        } catch (NoSuchFileException deletedMeanwhile) {
            return mailFiles();
        }
        return texts;
    }

    /** R16, R22: nobody is left to delete it. */
    @Test
    void erasesAnOrganizationWithItsLastMember() {
        String name = Client.unusedName();
        TestUser ada = client.newcomer();
        String organization = ada.found(name);
        TestUser.Token token = ada.in(organization).token("ORGANIZATION");
        operator.post("/operator/v1/organizations/" + organization + "/lock", Map.of("reason", "unpaid"))
                .ok();

        operator.post("/operator/v1/users/" + ada.id() + "/erase").ok();

        client.as(token.value()).get("/v1/activities").refused(401);
        TestUser other = client.newcomer();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> other.client()
                        .post("/v1/organizations", Map.of("name", name))
                        .isOk());
        DatabaseInvariants.hold(DATABASE.dataSource());
    }

    /** R16, R17: a lock holds nobody but the last member. */
    @Test
    void holdsNobodyByALock() {
        TestUser creator = client.newcomer().creator("starter");
        TestUser guest = creator.welcome(client.newcomer());
        TestUser.Token token = guest.token("USER");
        String membership = guest.membership();
        String founders = creator.membership();
        operator.post("/operator/v1/organizations/" + creator.organization() + "/lock", Map.of("reason", "unpaid"))
                .ok();

        creator.remove(membership).refused(403);
        guest.remove(membership).ok();

        client.as(token.value()).get("/v1/account/organization").refused(403);
        TestUser anew = guest.signedInAgain();
        anew.client().delete("/v1/users/" + guest.id()).ok();
        creator.remove(founders).refused(400);
    }

    /** R20: oneself, once one belongs to nothing any more. */
    @Test
    void letsAPersonErase() {
        TestUser ada = client.newcomer();
        TestUser creator = ada.creator("starter");

        ada.client().delete("/v1/users/" + ada.id()).refused(400);
        ada.client().delete("/v1/users/" + client.newcomer().id()).refused(404);
        end(creator);
        ada.client().delete("/v1/users/" + ada.id()).ok();

        ada.client().get("/v1/account/profile").refused(401);
        client.signUp(ada.email());
    }

    @Test
    void locksAnOrganizationUntilItIsUnlocked() {
        TestUser creator = client.newcomer().creator("starter");
        String organization = creator.organization();
        TestUser.Token token = creator.token("USER");

        operator.post("/operator/v1/organizations/" + organization + "/lock", Map.of("reason", "unpaid invoice"))
                .ok();

        for (Client locked : List.of(creator.client(), client.as(token.value()))) {
            Reply refused = locked.get("/v1/activities").refused(403);
            assertThat(refused.message()).isEqualTo("Account is locked");
            assertThat(refused.text("detail")).contains("unpaid invoice");
            assertThat(locked.get("/v1/organizations/" + organization).ok().text("organization.lock_reason"))
                    .isEqualTo("unpaid invoice");
        }
        assertThat(client.mailbox().about(creator.email(), "is locked").text()).contains("unpaid invoice");
        creator.client()
                .post("/v1/organization_invitations", Map.of("email", Client.unusedEmail()))
                .refused(403);
        creator.client().get("/v1/account/profile").ok();
        operator.post("/operator/v1/organizations/" + organization + "/unlock").ok();
        client.mailbox().about(creator.email(), "is unlocked");
        Reply trail = creator.client().get("/v1/activities").ok();
        client.as(token.value()).get("/v1/activities").ok();
        assertThat(trail.body()).doesNotContain("invoice");
        assertThat(TrailActivity.trail(creator.client()))
                .endsWith(
                        TrailActivity.of("operator", "locked", "organization", organization),
                        TrailActivity.of("operator", "unlocked", "organization", organization));
    }

    @Test
    void decidesWhatBecomesOfMailsThatWereGivenUp() {
        JdbcClient sql = JdbcClient.create(DATABASE.dataSource());
        TestUser creator = client.newcomer().creator("starter");
        String address = Client.unusedEmail();
        String invitation = creator.invite(address);
        client.mailbox().link(address, Mailbox.INVITATION);
        sql.sql(
                        "update mails set outcome = 'PARKED', done_at = now(), last_error_class = 'a.Rejection' where recipient = ?::uuid and outcome = 'SENT'")
                .param(invitation)
                .update();

        Reply parked = operator.get("/operator/v1/mails").ok();
        assertThat(parked.at("count").intValue()).isEqualTo(1);
        assertThat(parked.text("mails.0.kind")).isEqualTo("INVITATION");
        assertThat(parked.text("mails.0.recipient_id")).isEqualTo(invitation);
        assertThat(parked.text("mails.0.organization_id")).isEqualTo(creator.organization());
        assertThat(parked.text("mails.0.reason")).isEqualTo("a.Rejection");
        assertThat(parked.body()).doesNotContain(address);
        String id = parked.text("mails.0.id");

        operator.post("/operator/v1/mails/" + id + "/retry").ok();
        await().atMost(Duration.ofSeconds(20)).until(() -> outcome(sql, id).equals("SENT"));
        operator.post("/operator/v1/mails/" + id + "/discard").ok();
        assertThat(outcome(sql, id)).as("only a parked one is discarded").isEqualTo("SENT");
        assertThat(operator.get("/operator/v1/mails").ok().at("count").intValue())
                .isZero();
        operator.post("/operator/v1/mails/" + UUID.randomUUID() + "/retry").refused(404);
        assertThat(operator.post("/operator/v1/mails/retry").ok().at("count").intValue())
                .isZero();
    }

    private static String outcome(JdbcClient sql, String mail) {
        return sql.sql("select coalesce(outcome, 'WAITING') from mails where id = ?::uuid")
                .param(mail)
                .query(String.class)
                .single();
    }

    @Test
    void findsAnUserByItsAddressAndTellsItsIdAlone() {
        TestUser ada = client.newcomer();

        Reply found = operator.get("/operator/v1/users?email=" + ada.email()).ok();

        assertThat(found.body()).contains(ada.id()).doesNotContain(ada.name());
        assertThat(operator.get("/operator/v1/users?email=" + Client.unusedEmail())
                        .body())
                .doesNotContain(ada.id());
    }

    @Test
    void isNobodyWithAnotherKey() {
        TestUser ada = client.newcomer();
        for (String key : new String[] {null, "wrong", OPERATOR_KEY + "x", ada.session()}) {
            client.as(key).post("/operator/v1/users/" + ada.id() + "/erase").refused(401);
        }
        client.as(OPERATOR_KEY).get("/v1/account/profile").refused(401);
        ada.client().get("/v1/account/profile").ok();
    }

    private static void end(TestUser creator) {
        String organization = creator.organization();
        creator.client()
                .post("/v1/organizations/" + organization + "/deactivate", Map.of("skip_confirmation", true))
                .ok();
        OrganizationLifecycleTest.await(creator, organization, "DEACTIVATED");
        creator.client().delete("/v1/organizations/" + organization).ok();
        OrganizationLifecycleTest.awaitGone(creator, organization);
    }
}
