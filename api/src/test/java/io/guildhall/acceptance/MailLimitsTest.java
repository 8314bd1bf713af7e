package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody can have the service send a stranger more than a few mails, by whatever route. */
class MailLimitsTest extends AcceptanceTestBase {

    @Test
    void invitingAndRevokingSendsAStrangerAFewMails() {
        TestUser creator = client.newcomer().creator("starter");
        String stranger = Client.unusedEmail();

        long sent = untilRefused(() -> {
            Reply invited = creator.client().post("/v1/organization_invitations", Map.of("email", stranger));
            if (invited.isOk()) {
                creator.client()
                        .delete("/v1/organization_invitations/" + invited.text("invitation.id"))
                        .ok();
            }
            return invited;
        });

        assertThat(sent).isEqualTo(3);
        client.mailbox().to(stranger);
        assertThat(client.mailbox().to(stranger)).hasSizeLessThanOrEqualTo(3);
        creator.invite(Client.unusedEmail());
        assertThat(client.newcomer().creator("starter").invite(stranger)).isNotEmpty();
    }

    @Test
    void refusedInvitationsAreNotCounted() {
        TestUser creator = client.newcomer().creator("starter");
        String stranger = Client.unusedEmail();
        String invitation = creator.invite(stranger);
        for (int i = 0; i < 5; i++) {
            creator.client()
                    .post("/v1/organization_invitations", Map.of("email", stranger))
                    .refused(400);
        }

        creator.client().delete("/v1/organization_invitations/" + invitation).ok();
        creator.invite(stranger);
    }

    @Test
    void anAddressThatIsChangedToAndFroIsSentAFewMails() {
        TestUser ada = client.newcomer();
        List<String> strangers = Stream.generate(Client::unusedEmail).limit(10).toList();
        var next = strangers.iterator();

        long sent = untilRefused(() -> ada.client()
                .patch("/v1/account/profile", Map.of("email", next.next(), "current_password", ada.password())));

        assertThat(sent).isEqualTo(3);
    }

    @Test
    void askingAgainForTheValidationIsLimited() {
        TestUser ada = client.signUp(Client.unusedEmail());

        assertThat(untilRefused(() -> ada.client().post("/v1/account/resend_validation", Map.of())))
                .isEqualTo(3);
    }

    @Test
    void signingUpAndLeavingSendsAStrangerAFewMails() {
        String stranger = Client.unusedEmail();

        long sent = untilRefused(() -> {
            Reply signedUp = client.post(
                    "/v1/account/signup", Map.of("email", stranger, "password", Client.PASSWORD, "name", "Eve"));
            if (signedUp.isOk()) {
                client.as(signedUp.text("token.id"))
                        .delete("/v1/users/" + signedUp.text("token.user_id"))
                        .ok();
            }
            return signedUp;
        });

        assertThat(sent).isEqualTo(10);
    }

    @Test
    void askingForADeactivationIsLimitedPerOrganization() {
        TestUser creator = client.newcomer().creator("starter");
        String path = "/v1/organizations/" + creator.organization() + "/deactivate";

        assertThat(untilRefused(() -> creator.client().post(path, Map.of()))).isEqualTo(3);
    }

    /** How often it succeeded before it was refused as too often. */
    private static long untilRefused(Supplier<Reply> act) {
        for (long done = 0; done < 40; done++) {
            Reply reply = act.get();
            if (!reply.isOk()) {
                reply.refused(429);
                assertThat(reply.header("Retry-After").map(Integer::parseInt).orElse(0))
                        .isPositive();
                assertThat(reply.text("code")).isEqualTo("rate_limit_exceeded");
                return done;
            }
        }
        return 40;
    }
}
