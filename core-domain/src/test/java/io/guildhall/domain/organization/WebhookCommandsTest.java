package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.sealed;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.domain.organization.OrganizationCommand.DeleteOrganization;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.shared.Rejection;
import io.guildhall.domain.webhook.WebhookCommand.ChangeWebhook;
import io.guildhall.domain.webhook.WebhookCommand.CreateWebhook;
import io.guildhall.domain.webhook.WebhookCommand.DeleteWebhook;
import io.guildhall.domain.webhook.WebhookCommand.DisableWebhook;
import io.guildhall.domain.webhook.WebhookCommand.RotateWebhookSecret;
import io.guildhall.domain.webhook.WebhookEvent.WebhookChanged;
import io.guildhall.domain.webhook.WebhookEvent.WebhookCreated;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDeleted;
import io.guildhall.domain.webhook.WebhookEvent.WebhookDisabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookEnabled;
import io.guildhall.domain.webhook.WebhookEvent.WebhookSecretRotated;
import io.guildhall.domain.webhook.WebhookRejections;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookCommandsTest {

    private static final String URL = "https://example.com/hook?key=1";

    private final Decisions decisions = new Decisions().given(acme("starter"), joined(ACME, BOB));

    private static CreateWebhook create(String url, List<String> types, String description) {
        return new CreateWebhook(ACME, WEBHOOK, url, types, description);
    }

    private static ChangeWebhook change(
            @Nullable String url, @Nullable List<String> types, @Nullable String description) {
        return new ChangeWebhook(ACME, WEBHOOK, url, types, description, null);
    }

    private static ChangeWebhook enable(boolean enabled) {
        return new ChangeWebhook(ACME, WEBHOOK, null, null, null, enabled);
    }

    @Nested
    class Creating {

        @Test
        void sealsTheAddressAndTellsEachTypeOnce() {
            decisions
                    .when(create(URL, List.of("user", "credential.created", "user"), "ours"), by(BOB))
                    .expectEvents(new WebhookCreated(
                            ACME, WEBHOOK, sealed(ACME, URL), "credential.created user", sealed(ACME, "ours"), BOB));
        }

        @Test
        void staysSilentWhenItWasCreatedAndEvenDeleted() {
            decisions
                    .given(webhook(WEBHOOK))
                    .when(create(URL, List.of(), ""), by(ADA))
                    .expectSilence();
            decisions
                    .given(new WebhookDeleted(ACME, WEBHOOK))
                    .when(create(URL, List.of(), ""), by(ADA))
                    .expectSilence();
        }

        @Test
        void isPossibleUpToTheLimitAndAgainAfterADeletion() {
            List<WebhookCreated> most = IntStream.range(0, LIMITS.webhooks())
                    .mapToObj(n -> webhook(id("webhook " + n)))
                    .toList();
            decisions
                    .given(most)
                    .when(create(URL, List.of(), ""), by(ADA))
                    .expectRejection(WebhookRejections.tooManyWebhooks(10));
            decisions
                    .given(new WebhookDeleted(ACME, id("webhook 0")))
                    .when(create(URL, List.of(), ""), by(ADA))
                    .expectEvents(new WebhookCreated(ACME, WEBHOOK, sealed(ACME, URL), "", sealed(ACME, ""), ADA));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "https://example.com/\n"})
        void refusesAnAddressThatIsNone(String url) {
            refuses(create(url, List.of(), ""), WebhookRejections.URL_MALFORMED);
        }

        @Test
        void refusesALongAddress() {
            refuses(create("https://" + "x".repeat(2041), List.of(), ""), WebhookRejections.URL_MALFORMED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Created", "user.", "a.b.c", "user joined"})
        void refusesATypeThatIsNone(String type) {
            refuses(create(URL, List.of(type), ""), WebhookRejections.TYPES_MALFORMED);
        }

        @Test
        void refusesTooManyTypes() {
            refuses(create(URL, Collections.nCopies(51, "user"), ""), WebhookRejections.TYPES_MALFORMED);
        }

        @Test
        void refusesALongDescription() {
            refuses(create(URL, List.of(), "d".repeat(1025)), WebhookRejections.DESCRIPTION_MALFORMED);
        }

        @Test
        void isForMembers() {
            decisions
                    .given(validatedUser(CAROL, "carol@example.com"))
                    .when(create(URL, List.of(), ""), by(CAROL))
                    .expectRejection(MembershipRejections.NOT_A_MEMBER);
        }

        @Test
        void isNotForADeactivatedOrganization() {
            decisions
                    .given(deactivated())
                    .when(create(URL, List.of(), ""), by(ADA))
                    .expectRejection(OrganizationRejections.TOKEN_REJECTED);
        }
    }

    @Nested
    class Changing {

        @Test
        void leavesWhatIsNotSaid() {
            decisions
                    .given(webhook(WEBHOOK))
                    .when(change(URL, null, null), by(BOB))
                    .expectEvents(new WebhookChanged(
                            ACME,
                            WEBHOOK,
                            sealed(ACME, URL),
                            "credential organization_member.joined",
                            sealed(ACME, "ours"),
                            BOB))
                    .when(change(null, List.of(), ""), by(ADA))
                    .expectEvents(new WebhookChanged(ACME, WEBHOOK, sealed(ACME, URL), "", sealed(ACME, ""), BOB));
        }

        @Test
        void staysSilentOverTheSame() {
            decisions
                    .given(webhook(WEBHOOK))
                    .when(
                            change(
                                    "https://example.com/hook",
                                    List.of("organization_member.joined", "credential"),
                                    "ours"),
                            by(ADA))
                    .expectSilence()
                    .when(change(null, null, null), by(ADA))
                    .expectSilence();
        }

        @Test
        void refusesWhatCannotBeCreatedEither() {
            decisions.given(webhook(WEBHOOK));
            refuses(change("", null, null), WebhookRejections.URL_MALFORMED);
            refuses(change(null, List.of("?"), null), WebhookRejections.TYPES_MALFORMED);
            refuses(change(null, null, "d".repeat(1025)), WebhookRejections.DESCRIPTION_MALFORMED);
        }
    }

    @Test
    void aSecretIsRotatedOncePerId() {
        decisions
                .given(webhook(WEBHOOK), new WebhookSecretRotated(ACME, WEBHOOK, id("first")))
                .when(new RotateWebhookSecret(ACME, WEBHOOK, id("first")), by(ADA))
                .expectSilence()
                .when(change(URL, null, null), by(ADA))
                .expectEvents(new WebhookChanged(
                        ACME,
                        WEBHOOK,
                        sealed(ACME, URL),
                        "credential organization_member.joined",
                        sealed(ACME, "ours"),
                        ADA))
                .when(new RotateWebhookSecret(ACME, WEBHOOK, id("first")), by(ADA))
                .expectSilence()
                .when(new RotateWebhookSecret(ACME, WEBHOOK, id("second")), by(ADA))
                .expectEvents(new WebhookSecretRotated(ACME, WEBHOOK, id("second")));
    }

    @Test
    void isDisabledAndEnabledOnceEach() {
        decisions
                .given(webhook(WEBHOOK))
                .when(enable(true), by(ADA))
                .expectSilence()
                .when(new DisableWebhook(ACME, WEBHOOK, "GONE"))
                .expectEvents(new WebhookDisabled(ACME, WEBHOOK, "GONE"))
                .when(new DisableWebhook(ACME, WEBHOOK, "REQUESTED"), by(ADA))
                .expectSilence()
                .when(change(URL, null, null), by(ADA))
                .expectEvents(new WebhookChanged(
                        ACME,
                        WEBHOOK,
                        sealed(ACME, URL),
                        "credential organization_member.joined",
                        sealed(ACME, "ours"),
                        ADA))
                .when(enable(true), by(ADA))
                .expectEvents(new WebhookEnabled(ACME, WEBHOOK, ADA))
                .when(new DisableWebhook(ACME, WEBHOOK, "REQUESTED"), by(ADA))
                .expectEvents(new WebhookDisabled(ACME, WEBHOOK, "REQUESTED"));
    }

    @Test
    void isChangedAndEnabledAtOnce() {
        decisions
                .given(webhook(WEBHOOK))
                .when(enable(false), by(ADA))
                .expectEvents(new WebhookDisabled(ACME, WEBHOOK, "REQUESTED"))
                .when(new ChangeWebhook(ACME, WEBHOOK, null, List.of("user"), null, true), by(BOB))
                .expectEvents(
                        new WebhookChanged(
                                ACME,
                                WEBHOOK,
                                sealed(ACME, "https://example.com/hook"),
                                "user",
                                sealed(ACME, "ours"),
                                ADA),
                        new WebhookEnabled(ACME, WEBHOOK, BOB));
    }

    @Test
    void isDeletedOnceAndNothingCanBeDoneAfterwards() {
        decisions
                .given(webhook(WEBHOOK))
                .when(new DeleteWebhook(ACME, WEBHOOK), by(ADA))
                .expectEvents(new WebhookDeleted(ACME, WEBHOOK))
                .when(new DeleteWebhook(ACME, WEBHOOK), by(ADA))
                .expectSilence();
        refuses(change(URL, null, null), WebhookRejections.NO_SUCH_WEBHOOK);
        refuses(new RotateWebhookSecret(ACME, WEBHOOK, id("next")), WebhookRejections.NO_SUCH_WEBHOOK);
        refuses(new DisableWebhook(ACME, WEBHOOK, "REQUESTED"), WebhookRejections.NO_SUCH_WEBHOOK);
        refuses(enable(true), WebhookRejections.NO_SUCH_WEBHOOK);
        refuses(new DeleteWebhook(ACME, id("never was")), WebhookRejections.NO_SUCH_WEBHOOK);
    }

    /** Deleting removes everything but the events (R22). */
    @Test
    void goesWithTheOrganization() {
        decisions
                .given(webhook(WEBHOOK), webhook(id("another")), new WebhookDeleted(ACME, id("another")))
                .given(deactivated())
                .when(new DeleteOrganization(ACME), by(ADA))
                .expectEvents(new DeletionStarted(ACME), new WebhookDeleted(ACME, WEBHOOK));
    }

    private void refuses(Object command, Rejection reason) {
        decisions.when(command, by(ADA)).expectRejection(reason);
    }
}
